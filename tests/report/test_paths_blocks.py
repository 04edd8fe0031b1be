"""What the paths tell beside the maps: findings that are true of their rows."""

from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Row

import duckdb
import pytest
from tests.e2e.running import Published
from tests.report.published import publish

from journeymine.report import words
from journeymine.report.ground import Ground, read_ground
from journeymine.report.paths import queries
from journeymine.report.paths.anchors import KEPT, finding, read_anchors
from journeymine.report.paths.differences import (
    compared_title,
    drift_title,
    read_comparisons,
    read_drift,
)
from journeymine.report.paths.expected import (
    costliest_title,
    kept_title,
    read_expected,
)
from journeymine.report.paths.foresight import (
    calibration_title,
    quality_title,
    read_foresight,
)
from journeymine.report.paths.habits import (
    pattern_title,
    read_patterns,
    read_subsequences,
    subsequence_title,
)
from journeymine.report.paths.turns import read_rework, read_switches
from journeymine.report.reader import open_tables

READERS = (read_drift, read_patterns, read_subsequences, read_rework, read_switches)


def _told(name: str, **columns: object) -> dict[str, object]:
    whole = {"persona": "all", "segment": "all", "segment_value": "all"}
    return {**whole, "anchor": name, **columns}


def _way(distance: int, source: str, target: str, journeys: int) -> dict[str, object]:
    return _told(
        "order",
        distance=distance,
        from_activity=source,
        to_activity=target,
        journeys=journeys,
        from_others=3 if source == "$other" else 0,
        to_others=0,
    )


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    path = tmp_path_factory.mktemp("nothing") / "journeymine.duckdb"
    return read_ground(open_tables(publish(path, {})))


@pytest.fixture(scope="module")
def known(sample: Published) -> Ground:
    return read_ground(open_tables(sample.database))


def test_what_is_rare_is_folded_and_no_journey_is_lost(tmp_path: Path) -> None:
    rows = [_way(-1, f"step_{i}", "order", 20 - i) for i in range(9)]
    rows += [_way(-1, "$other", "order", 4), _way(1, "order", "$end", 157)]
    path = publish(tmp_path / "journeymine.duckdb", {"fct_anchored_paths": rows})
    (anchor,) = read_anchors(read_ground(open_tables(path)))
    before = [row for row in anchor.rows if row[0] == f"{words.MINUS}1"]
    assert len(before) == KEPT + 1
    assert (f"{words.MINUS}1", "6 others", "Order", "43") in before
    assert sum(int(row[3]) for row in before) == sum(20 - i for i in range(9)) + 4
    assert anchor.title == "Before “Order” most often comes “Step 0”: 20"


def test_as_many_journeys_come_to_a_place_as_go_on(known: Ground) -> None:
    for anchor in read_anchors(known):
        into: Counter[tuple[int, str]] = Counter()
        out: Counter[tuple[int, str]] = Counter()
        for step, source, target, told in anchor.rows:
            at = int(step.replace(words.MINUS, "-"))
            first = at if at < 0 else at - 1
            out[first, source] += int(told.replace(",", ""))
            into[first + 1, target] += int(told.replace(",", ""))
        both = [
            spot
            for spot in {*into} & {*out}
            if spot[1] not in {"Journey ends", "Still in progress"}
        ]
        assert both
        assert all(into[spot] == out[spot] for spot in both)


def test_a_way_that_begins_at_the_anchor_says_so() -> None:
    rows = [Row(distance=-1, from_activity="$start", to_activity="a", journeys=3)]
    assert finding("a", rows) == "“A” most often begins the journey: 3 times"
    assert finding("a", []) == "Nothing is known of the ways to “A”"


def test_what_the_project_file_does_not_ask_for_is_said(nothing: Ground) -> None:
    assert read_anchors(nothing) == []
    assert read_foresight(nothing) == []
    blocks = [*read_expected(nothing), *read_comparisons(nothing)]
    blocks += [reader(nothing) for reader in READERS]
    assert all(block.told and not block.rows for block in blocks)
    assert "Set [expected]" in blocks[0].told
    assert "[comparisons]" in blocks[1].told


def test_what_is_withheld_is_not_called_nothing(tmp_path: Path) -> None:
    run = [
        {"name": "min_cell", "value": "5"},
        {"name": "project_name", "value": "Small"},
    ]
    path = publish(tmp_path / "journeymine.duckdb", {"meta_run": run})
    with duckdb.connect(str(path)) as con:
        con.execute("create schema if not exists withheld")
        for name in ("fct_rework", "fct_conformance"):
            con.execute(f"create table withheld.{name} as from {name}")
            con.execute(f"drop table {name}")
    ground = read_ground(open_tables(path))
    for block in (read_rework(ground), *read_expected(ground)):
        assert block.told == "Withheld: it would tell of fewer than 5 people."
    assert read_rework(ground).title == "What is done again is withheld"


def test_only_a_clear_loss_is_named() -> None:
    far = Row(step="cart", kind="skipped", q_value=0.2, effect=-0.5)
    near = Row(step="pay", kind="too_late", q_value=0.01, effect=-0.1)
    better = Row(step="pay", kind="inserted", q_value=0.01, effect=0.3)
    assert costliest_title([far, better, near]) == (
        "“Pay” too late goes with the greatest loss"
    )
    none = "No deviation clearly goes with fewer conversions"
    assert costliest_title([far, better]) == none
    kept = Row(conforming_share=0.366232, judged=3222)
    assert kept_title(kept) == "36.6% of journeys keep to the expected one"


def test_two_sides_that_do_not_differ_are_said_not_to() -> None:
    total = Row(label_a="mobile", label_b="all others")
    assert (
        compared_title(total, []) == "“Mobile” and “All others” did not differ clearly"
    )
    row = Row(kind="transition", difference=-0.2, to_activity="cart")
    assert compared_title(total, [row]) == (
        "“Cart” follows more often in “All others” than “Mobile”"
    )


def test_the_days_of_a_change_are_those_of_the_whole() -> None:
    days = [Row(scope="process", changed_on=date(2024, 4, day)) for day in (9, 30)]
    part = Row(scope="transition", changed_on=date(2024, 5, 1))
    assert drift_title([*days, part]) == (
        "The process changed 2 times, last on 30 Apr 2024"
    )
    assert drift_title([part]) == "The process as a whole did not change clearly"


def test_a_pattern_whose_intervals_meet_is_not_called_different() -> None:
    row = Row(
        pattern="left",
        ended=90,
        conversion_rate=0.2,
        conversion_rate_low=0.1,
        conversion_rate_high=0.3,
        conversion_rate_without=0.35,
        conversion_rate_without_low=0.29,
        conversion_rate_without_high=0.4,
    )
    title = "Journeys with a pattern did not convert clearly otherwise"
    assert pattern_title([row]) == title
    row.conversion_rate_high = 0.28
    assert pattern_title([row]) == "“Left” convert less: 20.0%, others 35.0%"


def test_the_worst_run_of_steps_is_named_before_the_best() -> None:
    best = Row(subsequence="a -> b", difference=0.4)
    worst = Row(subsequence="a ... c_d", difference=-0.3)
    title = "“A … C d” goes with fewer conversions"
    assert subsequence_title([best, worst]) == title
    assert subsequence_title([best]) == "“A → B” goes with more conversions"


def test_a_forecast_counts_only_if_it_beats_every_rule() -> None:
    rows = [Row(is_better=True), Row(is_better=False), Row(is_better=None)]
    assert quality_title(rows) == "1 of 3 forecasts beat every simple rule"
    groups = [
        Row(
            target="converted",
            mean_probability=told,
            case_rate_low=0.1,
            case_rate_high=0.3,
        )
        for told in (0.05, 0.1, 0.2, 0.31)
    ]
    assert calibration_title(groups) == "That it converts: as told in 2 of 4 groups"


def test_what_every_converting_journey_holds_is_no_finding(known: Ground) -> None:
    rows = known.tables.rows(queries.SUBSEQUENCES)
    assert rows
    assert all(row.conversion_rate_without > 0 for row in rows)
    assert all(row.q_value < 0.05 for row in rows)
    assert [row.difference for row in rows] == sorted(
        (row.difference for row in rows), reverse=True
    )


def test_every_block_of_the_sample_has_rows_as_wide_as_its_head(
    known: Ground,
) -> None:
    blocks = [*read_expected(known), *read_comparisons(known), *read_foresight(known)]
    blocks += [reader(known) for reader in READERS]
    assert sum(bool(block.rows) for block in blocks) >= 6
    for block in blocks:
        assert all(len(row) == len(block.head) for row in block.rows)
        assert "None" not in str(block.rows)
        assert len(block.title.split()) <= 13, block.title
