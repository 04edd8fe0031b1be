"""How long customers stay."""

from collections.abc import Sequence

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.charts.scales import shares
from journeymine.report.leaving import queries
from journeymine.report.leaving.drawn import Drawn, by_persona
from journeymine.report.reader import Row, Tables

HEAD = (
    "Days", "There at first", "Left", "Leave in it", "95% interval", "Still there",
    "95% interval",
)  # fmt: skip
PERIOD = 30  # days, of fct_churn_hazard


def read_staying(tables: Tables) -> dict[str, Drawn]:
    """Return how long customers stay, by persona."""
    return {
        persona: _staying(rows)
        for persona, rows in by_persona(tables, queries.STAYING).items()
        if any(row.survival is not None for row in rows)
    }


def _staying(rows: Sequence[Row]) -> Drawn:
    heading = title(rows)
    known = [row for row in rows if row.survival is not None]
    last = known[-1].period_index + 1
    ticks = shares([1.0])
    spots = [
        Spot(0, 1.0, 1.0, 1.0),
        *(
            Spot(
                (row.period_index + 1) / last,
                row.survival,
                row.survival_low,
                row.survival_high,
            )
            for row in known
        ),
    ]
    every = 1 + last // 7
    marks = tuple(
        (number / last, f"{words.count(PERIOD * number)}{_days(number, last)}")
        for number in range(0, last + 1, every)
    )
    label = words.percent(known[-1].survival)
    return Drawn(
        answer=heading,
        title=heading,
        caption="Share of customers that are there longer than so many days after"
        " their first event, or after they came back.",
        drawn=draw_lines(
            [Series(label, tuple(spots))], Frame(0, 1, ticks, marks), heading
        ),
        head=HEAD,
        rows=[_staying_row(row) for row in known],
    )


def title(rows: Sequence[Row]) -> str:
    """Say how many are there longer than the first period."""
    first = rows[0]
    if first.survival is None:
        return "How long customers stay is withheld in part"
    return f"{words.percent(first.survival, first.at_risk)} stay longer than 30 days"


def _days(number: int, last: int) -> str:
    return f"{words.SPACE}days" if number == last else ""


def _staying_row(row: Row) -> tuple[str, ...]:
    start = PERIOD * row.period_index
    return (
        f"{words.count(start)}{words.DASH}{words.count(start + PERIOD)}",
        words.count(row.at_risk),
        words.count(row.churned),
        words.percent(row.hazard, row.at_risk),
        words.interval(row.hazard_low, row.hazard_high, row.at_risk) or words.NOTHING,
        words.percent(row.survival),
        words.interval(row.survival_low, row.survival_high) or words.NOTHING,
    )
