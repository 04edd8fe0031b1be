import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.report.mapped import ALL, drawn, note, pain, placed

from journeymine.report import write_report
from journeymine.report.journey_map.action import opportunities, owners, pains
from journeymine.report.journey_map.friction import frictions
from journeymine.report.journey_map.targets import targets

EVERYONE = ("all", "pay")


def rework(activity: str, journeys: int, **more: object) -> dict[str, object]:
    return {
        **ALL, "kind": "rework", "activity": activity, "other_activity": activity,
        "journeys": journeys, **more,
    }  # fmt: skip


def test_friction_is_what_must_not_be_and_then_what_most_journeys_meet(
    tmp_path: Path,
) -> None:
    with placed(
        tmp_path,
        fct_rework=[
            rework("done", 30),
            rework("card", 40),
            rework("card", 99, persona="p1"),
            rework("seen", 99, kind="self_loop"),
        ],
        fct_deviations=[
            {**ALL, "kind": "forbidden", "step": "card_failed", "journeys": 7},
            {**ALL, "kind": "inserted", "step": "done", "journeys": 90},
        ],
        fct_transitions=[
            {**ALL, "from_activity": "seen", "to_activity": "card", "customers": 25}
            | {"is_switch": True},
        ],
    ) as (read, _, _):
        told = {
            stage: [
                (one.text, one.share, one.figures)
                for one in frictions(read.friction.get(("all", stage), []))
            ]
            for stage in ("look", "pay")
        }
    assert told == {
        "look": [("Another channel after “Seen”", "50.0%", "25 of 50 customers")],
        "pay": [
            ("“Card failed”, which should not happen", "7.0%", "7 of 100 journeys"),
            ("“Card” again", "40.0%", "40 of 100 journeys"),
        ],
    }


def test_what_fewer_than_one_in_a_hundred_meet_is_no_friction(tmp_path: Path) -> None:
    stages = [{**ALL, "stage": "pay", "journeys": 1000, "customers": 900}]
    found = [rework("card", 9), rework("done", 10)]
    with placed(tmp_path, fct_stages=stages, fct_rework=found) as (read, _, _):
        assert [row.name for rows in read.friction.values() for row in rows] == ["done"]


def test_opportunities_are_numbered_by_rank_where_there_is_something_to_win(
    tmp_path: Path,
) -> None:
    loop = {"kind": "loop", "funnel": "$paths", "uplift": None}
    found = [pain(1, effort=2.0), pain(2) | loop, pain(3, "done", value=900.0)]
    with placed(tmp_path, fct_pain_points=found) as (read, facts, _):
        told, left = opportunities(read, facts, EVERYONE)
    assert [(one.tag, one.figures) for one in told] == [
        ("O1", "+12 conversions (8 to 16), effort 2"),
        ("O2", "+12 conversions (8 to 16), €900"),
    ]
    assert left == 0


def test_an_idea_at_the_place_gives_its_words_and_its_effort(tmp_path: Path) -> None:
    way = {"kind": "transition", "funnel": "$paths", "place": "card > card_failed"}
    at = {"anchor_kind": "transition", "anchor": "card", "anchor_to": "card_failed"}
    with placed(
        tmp_path,
        fct_pain_points=[pain(1, "done"), pain(2) | way],
        fct_notes=[
            note("Pay by invoice", kind="idea", effort="S", **at),
            note("Loose", kind="idea", anchor_kind="stage", anchor="pay"),
        ],
    ) as (read, facts, _):
        told, _ = opportunities(read, facts, EVERYONE)
    assert [(one.tag, one.text, one.figures) for one in told] == [
        ("O2", "Pay by invoice", "+12 conversions (8 to 16), effort S"),
        ("O1", "Leave after “Done”", "+12 conversions (8 to 16)"),
        ("Idea", "Loose", "effort not set"),
    ]


def test_pain_points_have_the_rank_of_the_summary_and_the_rest_is_counted(
    tmp_path: Path,
) -> None:
    found = [pain(rank, persona="p1" if rank == 2 else "all") for rank in range(1, 6)]
    with placed(tmp_path, fct_pain_points=found) as (read, facts, ground):
        told, left = pains(read, facts, EVERYONE, ground.losses.worst)
        own, _ = pains(read, facts, ("p1", "pay"), ground.losses.worst)
        worst = [loss.rank for loss in ground.losses.worst]
    assert [one.rank for one in told] == [1, 2, 3] == worst
    assert [one.is_worst for one in told] == [True] * 3
    assert [one.figures for one in told[:2]] == [
        "20 of 50, expected 5",
        "Hasty: 20 of 50, expected 5",
    ]
    assert left == 2
    assert [(one.rank, one.figures) for one in own] == [(2, "20 of 50, expected 5")]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("on_track", ("ok", "On track")),
        ("at_risk", ("off", "At risk")),
        ("no_data", ("un", "Not final")),
        (None, ("un", "Not final")),
    ],
)
def test_a_target_stands_in_the_stage_where_its_funnel_ends(
    tmp_path: Path, status: str | None, told: tuple[str, str]
) -> None:
    metric = "funnel.buy.conversion"
    row = {**ALL, "metric": metric, "objective": "more", "n": 90, "value": 0.4}
    row |= {"value_low": 0.3, "value_high": 0.5, "target": 0.45, "owner": "Ann"}
    row |= {"target_by": date(2026, 12, 31)}
    with placed(
        tmp_path,
        meta_metrics=[{"metric": metric, "unit": "share", "words": "w"}],
        fct_kpis=[
            {**row, "period_kind": "all", "period": "all", "status": None},
            {**row, "period_kind": "month", "period": "2026-05", "status": status},
        ],
    ) as (read, facts, _):
        (one,) = targets(read, facts, EVERYONE)
        assert targets(read, facts, ("all", "look")) == []
        assert owners(read, EVERYONE) == ["Ann"]
    assert (one.kind, one.status) == told
    assert one.value == "40.0%"
    assert one.target == "target 45.0% by 31 Dec 2026"


def test_every_pin_leads_to_its_note_and_lost_notes_stand_apart(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    told = [
        note("a", text=hostile, anchor_kind="stage", anchor="pay", author=hostile),
        note("b", anchor_kind="stage", anchor="pay", persona="p9", is_lost=True),
        note("c", text=None, owner="Shop", anchor_kind="stage", anchor="pay"),
        note("d", status="dropped"),
    ]
    page = write_report(drawn(tmp_path, fct_notes=told), tmp_path).read_text("utf-8")
    pins = re.findall(r'<a class="pin" href="#(note\d+)"', page)
    listed = re.findall(r'<li id="(note\d+)">.*?<bdi>(.*?)</bdi>', page)
    assert listed == [
        ("note1", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("note2", "b"),
    ]
    assert set(pins) == {"note1"}
    assert page.index("Their place is gone") < page.index('<li id="note2">')
    assert "<bdi>Shop</bdi>" in page


def test_of_many_steps_those_with_most_volume_are_drawn_and_the_rest_is_named(
    tmp_path: Path,
) -> None:
    names = ["seen", *"abcdefgh", "done"]
    steps = [
        {"funnel": "buy", "funnel_index": 1, "step_index": number, "step": step}
        | {"activities": ["seen"], "unit": "customer"}
        for number, step in enumerate(names, 1)
    ]
    funnel = [
        {**ALL, "funnel": "buy", "step_index": number, "step": step, "entered": 100}
        | {"reached": 100 - 5 * number, "dropped": 0, "in_progress": 0}
        for number, step in enumerate(names, 1)
    ]
    # What hurts is drawn, however few come there.
    hurt = [pain(1, "done", observed=3.0)]
    path = drawn(tmp_path, meta_funnels=steps, fct_funnel=funnel, fct_pain_points=hurt)
    page = write_report(path, tmp_path).read_text("utf-8")
    assert "; not drawn: G, H</small>" in page


def test_what_is_withheld_is_said_on_the_map(tmp_path: Path) -> None:
    path = drawn(tmp_path)
    with duckdb.connect(str(path)) as con:
        con.execute("insert into meta_run values ('min_cell', '5')")
        con.execute("create schema withheld")
        for table in ("fct_pain_points", "fct_notes"):
            con.execute(f"create table withheld.{table} as from {table}")
            con.execute(f"drop table {table}")
    section = write_report(path, tmp_path).read_text("utf-8").split('id="map"')[1]
    section = section.split('id="funnel"')[0]
    assert "Counts of fewer than 5 people are withheld" in section
    assert "Nothing known" not in section
