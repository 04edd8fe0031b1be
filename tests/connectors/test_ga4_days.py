"""Days of Google Analytics 4 that are written anew."""

import json
from pathlib import Path

from tests.connectors.exports import Rows, events_of, landed
from tests.connectors.ga4_export import DAY, SOURCE, START, Hit, hit, json_lines
from tests.core.bench import Bench


def test_the_finished_day_tells_its_events_once_with_where_visits_came_from(
    bench: Bench, tmp_path: Path
) -> None:
    visits = range(1, 6)
    running = [
        hit("session_start", params={"ga_session_id": one, "a": "x"}) for one in visits
    ]
    finished = [
        hit(
            "session_start",
            params={"a": "x", "ga_session_id": one},
            traffic_source={"source": "first"},
            session_traffic_source_last_click={
                "manual_campaign": {"medium": "email", "campaign_name": "may"}
            },
        )
        for one in visits
    ]
    other = hit("session_start", params={"a": "y", "ga_session_id": 7})
    files = {
        "events_intraday_20240501.json": json_lines([*running, other]),
        "events_20240501.json": json_lines(finished),
    }
    landed(bench, tmp_path, SOURCE.format("json"), files)
    assert sorted(
        (channel, json.loads(str(attributes))["campaign"])
        for channel, attributes in events_of(bench, "channel", "attributes")
    ) == [*[("email", "may")] * 5, ("web", None)]
    # The running day is removed once the day is over.
    (tmp_path / "events_intraday_20240501.json").unlink()
    landed(bench, tmp_path, SOURCE.format("json"), {})
    assert events_of(bench, "channel") == [("email",)] * 5


def test_a_day_that_is_written_anew_changes_what_it_should_and_no_other_day(
    bench: Bench, tmp_path: Path
) -> None:
    days = {
        f"events_2024050{day}.json": [
            hit("page_view", day * DAY + step, user_pseudo_id=f"1.{person}")
            for person in range(4)
            for step in range(person + 1)
        ]
        for day in (1, 2, 3)
    }
    before = _days(bench, tmp_path, days)
    kept, gone, *rest = days["events_20240502.json"]
    changed = {**kept, "ecommerce": {"purchase_revenue": 5}, "event_name": "purchase"}
    late = hit("late", 2 * DAY + 77, user_pseudo_id="1.0")
    days["events_20240502.json"] = [late, *rest, changed]
    after = _days(bench, tmp_path, days)
    assert gone["event_timestamp"] not in {time for _, time, *_ in after[2]}
    assert before[1] == after[1]
    assert before[3] == after[3]
    # What a first load of the same files tells is the same.
    assert after == _days(bench, tmp_path / "anew", days)
    assert sorted(row[1:4] for row in after[2]) == sorted(
        (
            f"ga_device_id={one['user_pseudo_id']}",
            one["event_timestamp"],
            one["event_name"],
        )
        for one in days["events_20240502.json"]
    )


def _days(bench: Bench, folder: Path, days: dict[str, list[Hit]]) -> dict[int, Rows]:
    """Land days, and return the events of each from those that are published."""
    texts = {name: json_lines(hits) for name, hits in days.items()}
    landed(bench, folder, SOURCE.format("json"), texts)
    bench.build("int_events")
    found = bench.con.execute(
        "select (epoch_us(occurred_at) - $1) // $2, event_id, identifiers,"
        " epoch_us(occurred_at), activity, amount, channel"
        " from int_events order by all",
        [START, DAY],
    ).fetchall()
    return {day: [row[1:] for row in found if row[0] == day] for day in (1, 2, 3)}
