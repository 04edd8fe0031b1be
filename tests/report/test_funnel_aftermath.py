"""What those who left did next, and who came back."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published

from journeymine.report.funnels import queries
from journeymine.report.funnels.aftermath import read_aftermath, sentence, title
from journeymine.report.ground import read_ground
from journeymine.report.reader import Row, open_tables


def left(**counts: int | None) -> Row:
    known = {"fell_silent": 0, "went_on": 0, "changed_channel": 0, "went_to_support": 0}
    return Row(**{"dropped": 10, "returned": 0, **known, **counts})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [left(fell_silent=6, went_on=4), left(fell_silent=1, went_on=9)],
            "13 of 20 who left did something else on the same channel",
        ),
        ([left(fell_silent=7, went_on=3)], "7 of 10 who left did nothing more"),
        ([left(changed_channel=10)], "10 of 10 who left went on, on another channel"),
        (
            [left(fell_silent=10), left(fell_silent=None)],
            "What leavers did next is told in part: small cells are withheld",
        ),
    ],
)
def test_the_title_says_what_most_did(rows: list[Row], said: str) -> None:
    assert title(rows) == said


def test_what_is_withheld_is_in_no_sum(sample: Published) -> None:
    (funnel, *_) = read_ground(open_tables(sample.database)).funnels
    told = sentence([left(went_to_support=2, returned=3)] * 2, funnel)
    assert "4 turned to support" in told
    assert "6 came back and converted later" in told
    assert "Nobody turned to support" in sentence([left()], funnel)
    partly = sentence([left(went_to_support=None, returned=None), left()], funnel)
    assert "support" not in partly
    assert "came back" not in partly


def test_who_converted_later_is_counted_as_a_plain_loop_counts(
    sample: Published,
) -> None:
    wins = defaultdict(list)
    for customer, ended in sample.rows(
        "select customer_id, ended_at from fct_journeys where outcome = 'converted'"
        " and journey_kind = 'main'"
    ):
        wins[customer].append(ended)
    expected: Counter[tuple[str, str, int]] = Counter()
    for funnel, persona, depth, customer, last in sample.rows(
        "select funnel, persona, depth, customer_id, last_step_at"
        " from fct_funnel_units where state = 'dropped'"
    ):
        came_back = any(won > last for won in wins[customer])
        for who in ("all", persona):
            expected[funnel, who, depth] += came_back
    found = {row[:3]: row[3] for row in sample.rows(queries.RETURNED)}
    assert found == dict(expected)
    assert sum(found.values()) > 0


def test_each_band_is_a_cell_of_the_table(sample: Published) -> None:
    shown = read_aftermath(read_ground(open_tables(sample.database)))
    everyone = shown["checkout"][0]
    told = re.findall(r"([\w ]+): (\d+) of (\d+) (\w+)", everyone.drawn)
    rows = sample.rows(
        "select step, dropped, fell_silent, went_on, changed_channel"
        " from fct_drop_offs where funnel = 'checkout' and period = 'all'"
        " and persona = 'all' and segment = 'all'"
    )
    cells = {
        (step.replace("_", " ").capitalize(), count, dropped)
        for step, dropped, *counts in rows
        for count in counts
        if count
    }
    assert {(step, int(one), int(all_)) for step, one, all_, _ in told} == cells


def test_withheld_cells_are_left_out_of_the_drawing(
    sample: Published, tmp_path: Path
) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute(
            "update fct_drop_offs set went_on = null, next_activity = null"
            " where step_index = 1"
        )
    everyone = read_aftermath(read_ground(open_tables(copy)))["checkout"][0]
    assert "told in part" in everyone.title
    assert "Product viewed" not in everyone.drawn
    assert everyone.table[0][5] == "—"
