"""How long it takes to convert, as the funnel tells it."""

import re

import pytest
from tests.e2e.running import Published

from journeymine.report.funnels.times import median, read_times, title
from journeymine.report.ground import read_ground
from journeymine.report.reader import Row, open_tables


def row(seconds: float | None = None, rate: float | None = 0.3) -> Row:
    return Row(
        seconds_to_convert_p50=seconds,
        rate_km=rate,
        rate_km_reason=None if rate else "nobody was seen for the whole window",
        entered=100,
    )


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (row(90, 0.8), "1.5 min"),
        (row(), "not reached: 30.0% convert within 14 days"),
        (row(rate=None), "not known: nobody was seen for the whole window"),
    ],
)
def test_a_median_that_is_not_reached_has_a_reason(one: Row, said: str) -> None:
    assert median(one, "14 days").replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            {"All": row(), "A": row(47), "B": row(172_800), "C": row()},
            "Half of “A” convert within 47 s, of “B” within 2 d",
        ),
        (
            {"All": row(), "A": row(47), "B": row()},
            "Half of “A” convert within 47 s; no others",
        ),
        ({"All": row(7_200, 0.6)}, "Half convert within 2 h"),
        ({"All": row(), "A": row()}, "Fewer than half convert within 14 days"),
        (
            {"All": row(rate=None)},
            "Time to convert is not known: nobody was seen for the whole window",
        ),
    ],
)
def test_the_title_says_who_converts_within_what(
    rows: dict[str, Row], said: str
) -> None:
    assert title(rows, "14 days").replace("\N{NO-BREAK SPACE}", " ") == said


def test_the_table_holds_the_end_of_every_curve(sample: Published) -> None:
    shown = read_times(read_ground(open_tables(sample.database)))
    ends = sample.rows(
        "select funnel, arg_max(rate_km, seconds) from fct_funnel_times"
        " where segment = 'all' and persona = 'all'"
        " and (funnel, step_index) in (select (funnel, max(step_index))"
        " from fct_funnel group by funnel) group by funnel"
    )
    assert {(funnel, one.table[0][3]) for funnel, one in shown.items()} == {
        (funnel, f"{rate:.1%}") for funnel, rate in ends
    }
    for one in shown.values():
        assert one.drawn.count("<svg") >= 1
        assert re.search(r"days", one.drawn)
