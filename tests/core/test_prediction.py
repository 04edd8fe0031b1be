"""States of journeys: what was known at a moment, and what came of it."""

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.core.bench import Bench, Given, ResultOf, SetProject

from journeymine.config_prediction import Prediction

DAY = timedelta(days=1)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
PROJECT = """
[journey]
goal = ["order"]
exits = {{ cancelled = ["cancel"] }}
inactivity = "5 days"
[project]
name = "Test"
as_of = {as_of:%Y-%m-%dT%H:%M:%SZ}
[prediction]
horizon = "8 days"
"""
STATES = """
int_prefixes
inner join int_journeys on int_prefixes.journey_code = int_journeys.journey_code
inner join int_customers on int_prefixes.customer_code = int_customers.customer_code
cross join (
    select list(activity order by activity_code) as names from int_activities
) as known
"""
NAMED = "list_transform(int_prefixes.{0}, lambda code: known.names[code])"
KNOWN = (
    "customer_id, started_at, make_timestamptz(moment_us) as moment, "
    f"{NAMED.format('path')}, {NAMED.format('later')}, int_prefixes.outcome, "
    "elapsed_us, silence_us, conversion_us, earlier, earlier_conversions"
)
Event = tuple[datetime, str]


def test_a_state_knows_what_came_up_to_its_moment(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(as_of=AS_OF))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-20 10:00
            ann      | cart     | 2024-06-21 09:00
            ann      | order    | 2024-06-24 12:00
            bob      | view     | 2024-06-22 10:00
            cid      | view     | 2024-06-22 10:00
            cid      | cancel   | 2024-06-23 10:00
            dot      | view     | 2024-06-19 10:00
            dot      | cart     | 2024-06-22 10:00
            dot      | view     | 2024-06-26 10:00
            eve      | view     | 2024-06-30 12:00
        """,
    )
    # Moments are two days apart, a quarter of the horizon, and eight days ago at least.
    assert result_of(
        STATES,
        "moment_index",
        "len(path)",
        "len(later)",
        "int_prefixes.outcome",
        "silence_us // 3600000000",
        "conversion_us // 3600000000",
        where="int_prefixes.moment_index > 0",
    ) == [
        (4, 1, 0, "abandoned", 14, None),  # bob: known on the 27th
        (4, 1, 1, "exited", 14, None),  # cid
        (4, 2, 1, "converted", 39, 36),  # ann
        (4, 2, 1, "in_progress", 14, None),  # dot: last seen on the 26th at ten
        (5, 1, 2, "converted", 14, 84),  # ann
        (5, 1, 2, "in_progress", 38, None),  # dot
    ]


def test_what_was_known_then_is_not_changed_by_what_came_later(bench: Bench) -> None:
    log = _random_log(11)
    whole = _states(bench, log, AS_OF)
    then = AS_OF - 20 * DAY
    cut = {
        name: [one for one in events if one[0] <= then] for name, events in log.items()
    }
    known = [row for row in whole if _moment(row) + 8 * DAY <= then]
    assert len(known) > 50
    assert _states(bench, cut, then) == known


def test_states_equal_a_plain_loop_over_random_logs(bench: Bench) -> None:
    log = _random_log(7, customers=600)
    expected = sorted(_expected(log))
    found = [
        (moment, path, later, outcome, silence, conversion)
        for _, _, moment, path, later, outcome, _, silence, conversion, _, _ in _states(
            bench, log, AS_OF
        )
    ]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert {row[3] for row in found} == {
        "converted",
        "exited",
        "abandoned",
        "in_progress",
    }


def _random_log(seed: int, customers: int = 120) -> dict[str, list[Event]]:
    """Return bursts and silences; some events at one instant, some at moments."""
    chance = random.Random(seed)
    log: dict[str, list[Event]] = {}
    for number in range(customers):
        at = AS_OF - chance.randint(1, 90) * DAY
        events: list[Event] = []
        while at <= AS_OF and len(events) < 40:
            name = chance.choices(["view", "cart", "order", "cancel"], [6, 4, 1, 1])[0]
            events.append((at, name))
            at += chance.choice(
                [timedelta(0), timedelta(hours=5), DAY, 2 * DAY, 4 * DAY, 6 * DAY]
            )
        log[f"c{number}"] = events
    return log


def _states(
    bench: Bench, log: dict[str, list[Event]], as_of: datetime
) -> list[tuple[object, ...]]:
    bench.set_project(PROJECT.format(as_of=as_of))
    rows = [(name, *event) for name, events in log.items() for event in events]
    bench.given(
        stg_events={
            "customer": [row[0] for row in rows],
            "occurred_at": [row[1] for row in rows],
            "activity": [row[2] for row in rows],
            "source_order": list(range(len(rows))),
        }
    )
    return bench.result_of(STATES, KNOWN, where="moment_index > 0")


def _moment(state: tuple[object, ...]) -> datetime:
    moment = state[2]
    assert isinstance(moment, datetime)
    return moment


def _expected(log: dict[str, list[Event]]) -> list[tuple[object, ...]]:
    """Cut the journeys and look at each moment, one customer at a time."""
    found: list[tuple[object, ...]] = []
    for events in log.values():
        for journey in _journeys(events):
            for quarters in range(4, 100):
                state = _state(journey, AS_OF - quarters * 2 * DAY)
                found += [state] if state else []
    return found


def _journeys(events: list[Event]) -> list[list[Event]]:
    journeys: list[list[Event]] = []
    for event in events:
        before = journeys[-1][-1] if journeys else None
        if (
            before is None
            or before[1] in {"order", "cancel"}
            or event[0] - before[0] > 5 * DAY
        ):
            journeys.append([])
        journeys[-1].append(event)
    return journeys


def _state(journey: list[Event], moment: datetime) -> tuple[object, ...] | None:
    past = [one for one in journey if one[0] <= moment]
    later = [one for one in journey if moment < one[0] <= moment + 8 * DAY]
    if not past or past[-1][1] in {"order", "cancel"}:
        return None
    if past[-1][0] + 5 * DAY <= moment:
        return None
    last_at, last = (past + later)[-1]
    outcome = {"order": "converted", "cancel": "exited"}.get(last, "in_progress")
    if outcome == "in_progress" and last_at + 5 * DAY <= moment + 8 * DAY:
        outcome = "abandoned"
    return (
        moment,
        [name for _, name in past],
        [name for _, name in later],
        outcome,
        (moment - past[-1][0]) // timedelta(microseconds=1),
        (last_at - moment) // timedelta(microseconds=1)
        if outcome == "converted"
        else None,
    )


def test_without_the_section_nothing_is_predicted(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[journey]\ngoal = ["order"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-30 10:00
        """,
    )
    assert result_of("fct_predictions", "journey_id") == []
    assert result_of("fct_prediction_quality", "target") == []
    assert result_of("fct_prediction_calibration", "target") == []


def test_where_too_little_is_settled_a_reason_stands_instead(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(as_of=AS_OF))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-30 10:00
            bob      | view     | 2024-05-30 10:00
        """,
    )
    assert result_of(
        "fct_predictions", "steps, last_activity, converted_probability, reason"
    ) == [(1, "view", None, "too few journeys are settled to learn and to judge by")]


def test_whole_journeys_are_learned_from_up_to_the_states_asked_for(
    bench: Bench,
) -> None:
    journeys: dict[str, list[object]] = {
        "journey_code": list(range(1, 201)),
        "journey_id": [f"j{number}" for number in range(200)],
        "journey_kind": ["main"] * 200,
        "customer_code": list(range(1, 201)),
        "journey_index": [1] * 200,
        "outcome": ["abandoned"] * 200,
        "started_at": [AS_OF - (20 + number % 40) * DAY for number in range(200)],
        "ended_at": [AS_OF - (20 + number % 9) * DAY for number in range(200)],
    }
    found = []
    for asked in ("", "prefixes = 100"):
        bench.set_project(PROJECT.format(as_of=AS_OF) + asked)
        bench.given(int_journeys=journeys)
        found.append(bench.result_of("int_prefix_moments", "journey_code, moment_us"))
    every, some = found
    assert 50 < len(some) <= 100 < len(every)
    chosen = {journey for journey, _ in some}
    assert some == [row for row in every if row[0] in chosen]


def test_the_page_shows_settings_that_are_read(bench: Bench) -> None:
    page = (Path(__file__).parents[2] / "docs/prediction.md").read_text("utf-8")
    (toml,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    bench.set_project(toml)
    assert bench.context.config.prediction == Prediction.model_validate(
        {"horizon": "30 days", "prefixes": 60_000}
    )
