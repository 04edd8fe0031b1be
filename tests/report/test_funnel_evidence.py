"""What stands beside the bars of a funnel: drivers, segments, people, dialects."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published
from tests.report.published import publish

from journeymine.report.funnels import people, segments
from journeymine.report.funnels.dialects import read_dialects
from journeymine.report.funnels.drivers import odds, read_drivers
from journeymine.report.ground import Ground, read_ground
from journeymine.report.reader import open_tables

STEPS = ("seen", "guided", "ordered")
DRAWN = Sequence[dict[str, object]]


def step(index: int, reached: int, dropped: int = 0) -> dict[str, object]:
    return {
        "funnel": "order",
        "persona": "all",
        "segment": "all",
        "segment_value": "all",
        "step_index": index,
        "step": STEPS[index - 1],
        "is_optional": index == 2,
        "unit": "journey",
        "window_seconds": 86_400,
        "entered": 100,
        "reached": reached,
        "dropped": dropped,
        "excluded": 0,
        "in_progress": 0,
    }


def ground_of(folder: Path, **tables: DRAWN) -> Ground:
    drawn: dict[str, DRAWN] = {
        "meta_funnels": [
            {
                "funnel": "order",
                "funnel_index": 1,
                "step_index": index,
                "step": name,
                "is_optional": index == 2,
            }
            for index, name in enumerate(STEPS, 1)
        ],
        "fct_funnel": [step(1, 100, 60), step(2, 25), step(3, 40)],
        **tables,
    }
    return read_ground(open_tables(publish(folder / "drawn.duckdb", drawn)))


def driver(rank: int, ratio: float, q: float = 0.01) -> dict[str, object]:
    return {
        "funnel": "order",
        "persona": "all",
        "segment": "all",
        "segment_value": "all",
        "step_index": 1,
        "step": "seen",
        "next_step": "ordered",
        "driver_kind": "activity",
        "driver": f"did_{rank}",
        "driver_value": "happened",
        "units_with": 40,
        "units_without": 60,
        "rate_with": 0.5,
        "rate_without": 0.25,
        "odds_ratio": ratio,
        "odds_ratio_low": ratio / 2,
        "odds_ratio_high": ratio * 2,
        "q_value": q,
        "driver_rank": rank,
    }


def value_of(name: str, rate: float | None, half: float) -> dict[str, object]:
    low, high = (None, None) if rate is None else (rate - half, rate + half)
    return {
        "funnel": "order",
        "period": "all",
        "persona": "all",
        "segment": "device",
        "segment_value": name,
        "entered": 50,
        "conversion_rate": rate,
        "conversion_rate_low": low,
        "conversion_rate_high": high,
        "conversion_rate_basis": "rate_km",
    }


def test_nobody_is_lost_at_an_optional_step(tmp_path: Path) -> None:
    (funnel,) = ground_of(tmp_path).funnels
    (panel,) = funnel.panels
    seen, guided, ordered = panel.steps
    assert guided.name == "2. Guided (optional)"
    assert (guided.reached, guided.share, guided.dropped_before) == ("25", "25.0%", "—")
    assert 'width="25.000%"' in guided.bar
    assert "25 of 100 hold this step" in guided.bar
    assert ordered.dropped_before == "60"
    assert panel.left == [seen]


def test_a_funnel_whose_required_step_is_withheld_is_not_drawn(tmp_path: Path) -> None:
    assert not ground_of(tmp_path, fct_funnel=[step(1, 100, 60), step(2, 25)]).funnels


def test_a_withheld_count_is_neither_drawn_nor_zero(tmp_path: Path) -> None:
    withheld = {**step(3, 40), "reached": None}
    (funnel,) = ground_of(
        tmp_path, fct_funnel=[step(1, 100, 60), step(2, 25), withheld]
    ).funnels
    last = funnel.panels[0].steps[-1]
    assert (last.bar, last.reached, last.share) == ("", "—", "—")


@pytest.mark.parametrize(
    ("least", "title"),
    [
        ([], "“Browsers” lose 60.0% after “Seen”"),
        ([{"name": "min_cell", "value": "10"}], "Drop-off by step and persona"),
    ],
)
def test_no_loss_is_called_the_greatest_where_cells_are_withheld(
    tmp_path: Path, least: DRAWN, title: str
) -> None:
    rows = [
        {**row, "persona": persona}
        for persona in ("all", "p1", "p2")
        for row in (step(1, 100, 60), step(3, 40))
    ]
    lost = {"funnel": "order", "period": "all", "segment": "all", "step_index": 1}
    known = {**lost, "step": "seen", "persona": "p1", "at_risk": 100, "drop_rate": 0.6}
    personas = {"p1": "Browsers", "p2": "Buyers"}
    ground = ground_of(
        tmp_path,
        meta_run=least,
        fct_funnel=rows,
        fct_drop_offs=[known, {**known, "persona": "p2", "drop_rate": None}],
        dim_personas=[
            {"persona": key, "persona_name": name, "customers": 50}
            for key, name in personas.items()
        ],
    )
    assert ground.funnels[0].steps_title == title


def test_the_five_surest_drivers_each_way_are_shown(tmp_path: Path) -> None:
    drawn = [
        driver(rank, 0.5 if rank % 3 else 2.0, 0.2 if rank == 13 else 0.01)
        for rank in range(1, 19)
    ]
    (shown,) = read_drivers(ground_of(tmp_path, fct_drivers=drawn))["order"]
    names = [int(one.name[5:].split("”")[0]) for one in shown.drivers]
    assert sorted(names[:5]) == [1, 2, 4, 5, 7]
    assert sorted(names[5:]) == [3, 6, 9, 12, 15]
    assert shown.title == "With “Did 1” before, fewer go on after “Seen”"
    assert "Of 18 tested" in shown.note


def test_without_a_clear_driver_none_is_named(tmp_path: Path) -> None:
    ground = ground_of(tmp_path, fct_drivers=[driver(1, 0.5, q=0.05)])
    (shown,) = read_drivers(ground)["order"]
    assert shown.title == "No clear association with going on after “Seen”"
    assert not shown.drivers
    assert not shown.drawn


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(0.1234, "0.12"), (1.26, "1.3"), (23.4, "23"), (float("inf"), "∞")],
)
def test_odds_are_written_with_two_digits_that_matter(
    ratio: float, written: str
) -> None:
    assert odds(ratio) == written


@pytest.mark.parametrize(
    ("half", "title"),
    [
        (0.04, "Device “phone” converts more than “tablet”"),
        (0.2, "Device: no clear difference in conversion"),
    ],
)
def test_values_differ_only_if_their_intervals_are_apart(
    tmp_path: Path, half: float, title: str
) -> None:
    rates = {"tablet": 0.3, "watch": None, "desktop": 0.4, "phone": 0.5}
    drawn = [value_of(name, rate, half) for name, rate in rates.items()]
    ground = ground_of(tmp_path, fct_conversion=drawn)
    (shown,) = segments.read_segments(ground)["order"]
    assert shown.title == title
    assert [one.label for one in shown.values] == [
        "phone",
        "desktop",
        "tablet",
        "watch",
    ]
    assert shown.values[-1].rate.value == "Not known"


def test_what_is_withheld_is_not_said_to_be_unknown(tmp_path: Path) -> None:
    ground = ground_of(
        tmp_path,
        fct_conversion=[value_of("watch", None, 0), value_of("phone", 0.5, 0.1)],
        meta_run=[{"name": "min_cell", "value": "10"}],
    )
    (shown,) = segments.read_segments(ground)["order"]
    assert shown.values[1].rate.value == "Withheld"
    assert "withheld" in shown.drawn
    assert "not known" not in shown.drawn


@pytest.mark.parametrize(
    ("difference", "title"),
    [
        (3, "By the rules of PostHog 3 more reach “Ordered”"),
        (-1, "By the rules of PostHog 1 fewer reach “Ordered”"),
        (0, "By the rules of PostHog as many reach “Ordered”"),
    ],
)
def test_a_dialect_tells_how_many_more_reach_the_end(
    tmp_path: Path, difference: int, title: str
) -> None:
    drawn = {
        "funnel": "order",
        "dialect": "posthog",
        "persona": "all",
        "segment": "all",
        "step_index": 3,
        "step": "ordered",
        "reached": 40 + difference,
        "reached_own": 40,
        "difference": difference,
        "units_gained": 3,
        "units_lost": 3 - difference,
    }
    shown = read_dialects(ground_of(tmp_path, fct_funnel_dialects=[drawn]))["order"]
    assert shown.title == title


def test_behind_each_cell_stand_as_many_people_as_it_counts(sample: Published) -> None:
    tables = open_tables(sample.database)
    shown = people.read_people(read_ground(tables))
    cells = Counter(
        {
            (funnel, persona, state, index): count
            for funnel, persona, index, dropped, waiting in sample.rows(
                "select funnel, persona, step_index, dropped, in_progress"
                " from fct_funnel where segment = 'all'"
            )
            for state, count in (("dropped", dropped), ("in_progress", waiting))
        }
    )
    found: Counter[tuple[str, str, str, int]] = Counter()
    for funnel, crowds in shown.items():
        for crowd in crowds:
            listed = tables.con.execute(crowd.query).fetchall()
            found.update((funnel, crowd.key, row[1], row[0]) for row in listed)
            ids = {row[2] for row in listed}
            for cell in crowd.cells:
                assert len(cell.first) == min(10, int(cell.units.replace(",", "")))
                assert ids.issuperset(cell.first)
    assert +found == +cells


def test_no_id_is_shown_where_people_are_withheld(
    sample: Published, tmp_path: Path
) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("create schema withheld")
        con.execute("create table withheld.fct_funnel_units as from fct_funnel_units")
        con.execute("truncate withheld.fct_funnel_units")
        con.execute("drop table fct_funnel_units")
    assert people.read_people(read_ground(open_tables(copy))) == {}
