"""The grid of a hand-out holds what the published tables say, each in its place."""

from pathlib import Path

import duckdb
import pytest
from tests.exports.boards.drawn_map import Rows, ground_of, map_rows
from tests.exports.boards.payloads import PAYLOADS
from tests.report.published import publish

from journeymine.exports.grid import Grid, Map, Stage, read_grid
from journeymine.exports.lanes import LANES
from journeymine.report.cells.model import Pain

NAMES = [f"name {number}" for number in range(60)]
Drawn = list[dict[str, object]]
LANE = {lane.key: lane for lane in LANES}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    return publish(folder / "journeymine.duckdb", map_rows(NAMES))


@pytest.fixture(scope="module")
def grid(published):
    with ground_of(published) as ground:
        return read_grid(ground)


def _read(tmp_path: Path, **changed: Drawn) -> Grid:
    rows = {**map_rows(NAMES), **changed}
    with ground_of(publish(tmp_path / "own.duckdb", rows)) as ground:
        return read_grid(ground)


def _pains(one: Map) -> dict[str, list[Pain]]:
    return {stage.key: [*stage.pains] for stage in (*one.stages, one.whole)}


def test_every_figure_of_the_steps_is_the_one_of_the_tables(grid, published):
    with duckdb.connect(str(published), read_only=True) as con:
        expected = con.execute(
            "select funnel.persona, funnel.step_index, funnel.reached, lost.at_risk,"
            " lost.dropped_at_risk, lost.drop_rate, lost.drop_rate_high"
            " from fct_funnel as funnel left join fct_drop_offs as lost"
            " using (persona, step_index) order by all"
        ).fetchall()
    found = [
        (one.persona, step.step_index, step.reached, step.at_risk, step.left,
         step.drop_rate, step.drop_rate_high)
        for one in grid.maps for stage in (*one.stages, one.whole)
        for step in stage.steps
    ]  # fmt: skip
    assert sorted(found, key=lambda row: row[:2]) == expected
    assert len(expected) == 9


def test_customers_of_a_stage_are_counted_once_each(grid, published):
    with duckdb.connect(str(published), read_only=True) as con:
        events = con.execute("select customer_id, stage from fct_events").fetchall()
        people = dict(
            con.execute("select customer_id, persona from dim_customers").fetchall()
        )
    for one in grid.maps:
        for stage in one.stages:
            seen = {
                customer
                for customer, at in events
                if at == stage.key and one.persona in ("all", people[customer])
            }
            assert stage.customers == len(seen)
            assert stage.share == len(seen) / one.customers


def test_of_few_answers_only_their_number_is_told(grid):
    felt = [stage.emotion for stage in grid.maps[0].stages]
    told = [LANE["emotion"].lines(one, grid)[0] for one in grid.maps[0].stages]
    assert [one.value for one in felt] == [0.5, None, -0.4, 0.02]
    assert [one.answers for one in felt] == [40, 3, 30, 5]
    assert told[1] == "too few answers (n\xa0=\xa03)"


def test_a_pain_point_stands_in_the_stage_of_its_place(grid):
    everyone, own, other = (_pains(one) for one in grid.maps)
    kinds = {stage: [one.kind for one in told] for stage, told in own.items()}
    stages = [stage.key for stage in grid.maps[0].stages]
    places = [["step"], ["transition"], ["loop"], ["feeling"], ["step"]]
    assert kinds == dict(zip([*stages, ""], places, strict=True))
    assert everyone == own  # whoever it is about
    assert not any(other.values())


def test_opportunities_are_numbered_by_rank_where_it_is_known_what_there_is_to_win(
    grid,
):
    ranked = sorted(
        (one for told in _pains(grid.maps[1]).values() for one in told),
        key=lambda one: one.rank,
    )
    assert [one.opportunity for one in ranked] == [1, 2, None, 3, 4]


def test_a_pain_point_keeps_its_key_when_its_rank_changes(grid, tmp_path):
    rows = map_rows(NAMES)["fct_pain_points"]
    for row in rows:
        row["rank"] = 10 - int(str(row["rank"]))
    again = _read(tmp_path, fct_pain_points=rows)
    keys = [
        {one.key: one.kind for told in _pains(of.maps[0]).values() for one in told}
        for of in (grid, again)
    ]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 5


def test_a_measure_stands_in_its_stage_and_any_other_in_the_last_column(grid):
    found = {
        stage.key: [kpi.name for kpi in stage.kpis]
        for stage in (*grid.maps[0].stages, grid.maps[0].whole)
        if stage.kpis
    }
    first, second = (stage.key for stage in grid.maps[0].stages[:2])
    assert found[first] == [f"Emotion {first}"]
    assert [name.partition(": ")[2] for name in found[second]] == [
        "drop-off after Name 5"
    ]
    assert "NPS" in found[""]


def test_a_note_hangs_on_its_place_and_a_lost_or_dropped_one_on_none(tmp_path):
    rows = map_rows(NAMES)["fct_notes"]
    rows[0]["is_lost"], rows[1]["status"] = True, "dropped"
    notes = {
        stage.key: [note.note_id for note in stage.notes]
        for one in _read(tmp_path, fct_notes=rows).maps[:1]
        for stage in (*one.stages, one.whole)
    }
    assert sorted(one for told in notes.values() for one in told) == ["n2", "n3"]
    assert notes[""] == ["n2"]


def test_what_is_withheld_is_not_told_as_none(tmp_path):
    def first(run: Drawn) -> Stage:
        told = map_rows(NAMES)["meta_run"] + run
        return _read(tmp_path, fct_events=[], meta_run=told).maps[0].stages[0]

    assert first([]).customers == 0
    (tmp_path / "own.duckdb").unlink()
    assert first([{"name": "min_cell", "value": "5"}]).customers is None


def test_without_stages_funnel_or_feedback_there_is_still_a_map(tmp_path):
    rows: Rows = {name: [] for name in map_rows(NAMES) if name != "meta_run"}
    (only,) = _read(tmp_path, **rows).maps
    assert (only.persona, only.stages, only.whole.steps) == ("all", (), ())


def test_names_are_cut_and_stand_on_one_line(tmp_path):
    with ground_of(publish(tmp_path / "own.duckdb", map_rows(PAYLOADS))) as ground:
        grid = read_grid(ground)
    names = [stage.name for one in grid.maps for stage in one.stages]
    lines = [
        line
        for one in grid.maps
        for stage in (*one.stages, one.whole)
        for lane in LANES
        for line in lane.lines(stage, grid)
    ]
    for text in [*names, *lines, grid.project]:
        assert len(text) <= 240
        assert text.splitlines() in ([text], [])
        assert "\u202e" not in text
