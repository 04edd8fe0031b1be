"""The map as CSV: what a spreadsheet or a whiteboard pastes."""

import csv
from pathlib import Path

import pytest

Rows = list[list[str]]


@pytest.fixture(scope="module")
def rows(folder: Path) -> Rows:
    with (folder / "map.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_row_has_a_cell_for_each_stage(rows: Rows) -> None:
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:3] == ["Persona", "Part", "Lane"]
    assert len({row[0] for row in rows[1:]}) == 3


def test_no_cell_begins_like_a_formula_unless_it_is_a_number(rows: Rows) -> None:
    for cell in (cell for row in rows for cell in row):
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
            float(cell)


def test_lanes_of_numbers_hold_the_numbers(rows: Rows) -> None:
    first = {row[2]: row[3:7] for row in reversed(rows)}
    whole = {row[2]: row[3:7] for row in rows if row[0] == "All customers"}
    assert whole["Customers"] == ["100", "50", "34", "25"]
    assert whole["Answers"] == ["40", "3", "30", "5"]
    assert first.keys() >= whole.keys()
