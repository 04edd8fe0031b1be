"""What a lane says where nothing stands: nothing said, too few, or withheld."""

from pathlib import Path

import duckdb
from tests.exports.boards.drawn_map import ground_of, map_rows
from tests.report.published import publish

from journeymine.exports.grid import Grid, Stage, read_grid
from journeymine.exports.lanes import LANES
from journeymine.exports.office.map_rows import map_rows as office_rows

NAMES = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]


def lines(key: str, stage: Stage, grid: Grid) -> list[str]:
    (lane,) = (lane for lane in LANES if lane.key == key)
    return lane.lines(stage, grid)


def test_where_fewer_than_five_answered_nobody_is_quoted(tmp_path: Path) -> None:
    path = publish(tmp_path / "map.duckdb", map_rows(NAMES))
    with ground_of(path) as ground:
        grid = read_grid(ground)
    everyone = grid.maps[0].stages
    few = [one for one in everyone if one.emotion and one.emotion.value is None]
    many = [one for one in everyone if one.emotion and one.emotion.value is not None]
    assert few
    for stage in few:
        assert lines("quotes", stage, grid) == [
            "Fewer than 5 answers, so none is quoted"
        ]
    assert any("“" in line for stage in many for line in lines("quotes", stage, grid))


def test_what_is_withheld_is_not_told_as_nothing(tmp_path: Path) -> None:
    path = publish(tmp_path / "map.duckdb", map_rows(NAMES))
    apart = ("fct_experience", "fct_feedback_texts", "fct_kpis", "fct_pain_points")
    with duckdb.connect(str(path)) as con:
        con.execute("create schema withheld")
        for table in apart:
            con.execute(f"create table withheld.{table} as from {table} limit 0")
            con.execute(f"drop table {table}")
    with ground_of(path) as ground:
        grid = read_grid(ground)
    stage = grid.maps[0].stages[0]
    assert grid.hidden == set(apart)
    for key in ("emotion", "quotes", "pains", "opportunities", "kpis"):
        assert lines(key, stage, grid) == ["Withheld"]
    assert lines("time", stage, grid) != ["Withheld"]
    told = {row.name: row.cells[0] for row in office_rows(grid.maps[0], grid)}
    assert told["Emotion, \N{MINUS SIGN}1 to +1"] == "withheld"
    assert told["They said"] == "Withheld"
