"""What those who go on from a step have before it, and those who do not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.whiskers import Whisker, draw_whiskers
from journeymine.report.facts import Facts
from journeymine.report.funnels import queries
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

CLEAR = 0.05
LETTERS = 36  # of a step's name in a title
WIDEST = 100.0  # odds of more than this, or less than its part, end in an arrow
HEAD = [
    "What was known before",
    "Odds to go on",
    "95% interval",
    "q",
    "With it",
    "n",
    "Without it",
    "n",
]


@dataclass(frozen=True)
class Driver:
    """One driver, as it is written beside its point."""

    name: str
    odds: str
    interval: str
    q: str


@dataclass(frozen=True)
class Step:
    """The drivers of one step."""

    key: str
    label: str
    title: str
    note: str
    drivers: list[Driver]
    drawn: Markup
    table: list[list[str]]


def read_drivers(ground: Ground) -> dict[str, list[Step]]:
    """Return the drivers of each funnel by step, in the order of the steps."""
    rows: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in ground.tables.rows(queries.DRIVERS):
        rows[row.funnel][row.step_index].append(row)
    return {
        funnel: [_step(one, ground.facts) for one in steps.values()]
        for funnel, steps in rows.items()
    }


def title(rows: Sequence[Row], facts: Facts) -> str:
    """Name the surest driver of a step, and which way it goes."""
    after = f"after “{words.shorten(words.label(rows[0].step), LETTERS)}”"
    clear = [row for row in rows if _is_clear(row)]
    if not clear:
        return f"No clear association with going on {after}"
    surest = min(clear, key=lambda row: row.driver_rank)
    goes = "fewer" if surest.odds_ratio < 1 else "more"
    return f"With {name(surest, facts)}, {goes} go on {after}"


def note(rows: Sequence[Row]) -> str:
    """Say what is drawn, of how many that were tested."""
    return (
        f"Odds to go on to “{words.label(rows[0].next_step)}” with it, against those"
        " without it who had done as much and are of the same persona, with 95%"
        f" interval. Of {words.count(rows[0].tested)} tested: the five surest each way,"
        " as far as q is below 0.05. An association, not a cause."
    )


def name(row: Row, facts: Facts) -> str:
    """Return a driver as a reader knows it."""
    if row.driver_kind == "activity":
        return f"“{words.label(row.driver)}” before"
    if row.driver_kind == "persona":
        return f"“{facts.label_of(row.driver_value)}”"
    return f"{words.label(row.driver).lower()} “{row.driver_value}”"


def _is_clear(row: Row) -> bool:
    return row.q_value is not None and row.q_value < CLEAR


def _step(rows: Sequence[Row], facts: Facts) -> Step:
    # From the fewest that go on to the most, so that the points rise.
    shown = sorted(
        (row for row in rows if _is_clear(row)),
        key=lambda row: (row.odds_ratio, row.driver_rank),
    )
    heading = title(rows, facts)
    return Step(
        key=f"s{rows[0].step_index}",
        label=f"{rows[0].step_index}. {words.label(rows[0].step)}",
        title=heading,
        note=note(rows),
        drivers=[_driver(row, facts) for row in shown],
        drawn=_draw(shown, heading) if shown else Markup(""),
        table=[_cells(row, facts) for row in shown],
    )


def _draw(rows: Sequence[Row], label: str) -> Markup:
    ends = [row.odds_ratio_high or row.odds_ratio for row in rows]
    ends += [1 / max(row.odds_ratio_low or 0, 1 / WIDEST) for row in rows]
    high = 10.0 if max(ends) <= 10 else WIDEST
    whiskers = [
        Whisker(row.odds_ratio, row.odds_ratio_low, row.odds_ratio_high) for row in rows
    ]
    return draw_whiskers(whiskers, 1 / high, high, label, zero=1.0, is_log=True)


def _driver(row: Row, facts: Facts) -> Driver:
    return Driver(
        words.capital(name(row, facts)), odds(row.odds_ratio), _interval(row), _q(row)
    )


def _cells(row: Row, facts: Facts) -> list[str]:
    return [
        words.capital(name(row, facts)),
        odds(row.odds_ratio),
        _interval(row),
        _q(row),
        words.percent(row.rate_with, row.units_with),
        words.count(row.units_with),
        words.percent(row.rate_without, row.units_without),
        words.count(row.units_without),
    ]


def odds(ratio: float) -> str:
    """Return an odds ratio with two digits that matter: `0.15`, `1.6`, `13`."""
    if ratio == inf:
        return "\N{INFINITY}"
    decimals = 2 if ratio < 1 else 1 if ratio < 10 else 0
    return f"{ratio:.{decimals}f}"


def _interval(row: Row) -> str:
    if row.odds_ratio_low is None or row.odds_ratio_high is None:
        return ""
    low, high = odds(row.odds_ratio_low), odds(row.odds_ratio_high)
    return f"{low}{words.DASH}{words.JOINER}{high}"


def _q(row: Row) -> str:
    return words.certainty(row.q_value)
