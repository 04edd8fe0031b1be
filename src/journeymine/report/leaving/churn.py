"""Who leaves from month to month."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.charts.scales import shares
from journeymine.report.leaving import queries
from journeymine.report.leaving.drawn import Drawn, by_persona
from journeymine.report.reader import Row, Tables

HEAD = (
    "Month", "At the start", "Left", "Stayed", "Not known yet", "Came back", "Rate",
    "95% interval",
)  # fmt: skip
POOLED = "all"


def read_churn(tables: Tables) -> dict[str, Drawn]:
    """Return who leaves from month to month, by persona."""
    return {
        persona: _churn(rows)
        for persona, rows in by_persona(tables, queries.CHURN).items()
        if len(rows) > 1
    }


def _churn(rows: Sequence[Row]) -> Drawn:
    months = [row for row in rows if row.period != POOLED]
    pooled = next((row for row in rows if row.period == POOLED), None)
    heading = last_title(months)
    known = [row.churn_rate_high for row in months if row.churn_rate is not None]
    ticks = shares(known)
    step = 1 / len(months)
    spots = [
        Spot(
            step * (number + 0.5),
            row.churn_rate,
            row.churn_rate_low,
            row.churn_rate_high,
        )
        for number, row in enumerate(months)
    ]
    marks = tuple(
        (spot.at, _short(row.period))
        for number, (spot, row) in enumerate(zip(spots, months, strict=True))
        if number % (1 + len(months) // 9) == 0
    )
    last = next((row for row in reversed(months) if row.churn_rate is not None), None)
    label = words.percent(last.churn_rate, last.settled) if last else ""
    frame = Frame(0, ticks[-1][0], ticks, marks)
    return Drawn(
        answer=title(pooled),
        title=heading,
        caption=caption(months, pooled),
        drawn=draw_lines([Series(label, tuple(spots))], frame, heading)
        if known
        else Markup(""),
        head=HEAD,
        rows=[_churn_row(row) for row in [*months, *([pooled] if pooled else [])]],
    )


def title(pooled: Row | None) -> str:
    """Say how many leave in a month."""
    if pooled is None or pooled.churn_rate is None:
        return "How many leave in a month is not known yet"
    rate = words.percent(pooled.churn_rate, pooled.settled)
    return f"{rate} of the customers of a month leave in it"


def last_title(months: Sequence[Row]) -> str:
    """Say how many left in the last month of which all is known."""
    known = [row for row in months if row.churn_rate is not None]
    if not known:
        return "No month is settled yet"
    last = known[-1]
    rate = words.percent(last.churn_rate, last.settled)
    return f"{rate} left in {_long(last.period)}, the last settled month"


def caption(months: Sequence[Row], pooled: Row | None) -> str:
    """Say how sure that is, and of which months nothing is known yet."""
    parts = []
    if pooled and pooled.churn_rate is not None:
        inside = words.interval(
            pooled.churn_rate_low, pooled.churn_rate_high, pooled.settled
        )
        parts.append(f"All settled months: {inside}, {words.cases(pooled.settled)}")
    waiting = [row for row in months if row.churn_rate is None]
    if waiting:
        some = ", ".join(_long(row.period) for row in waiting)
        parts.append(f"Not settled, and so not drawn: {some}")
    return ". ".join(parts) + "." if parts else ""


def _churn_row(row: Row) -> tuple[str, ...]:
    return (
        "All settled months" if row.period == POOLED else _long(row.period),
        *(words.count(n) for n in (row.at_risk, row.churned, row.active)),
        *(words.count(n) for n in (row.undetermined, row.resurrected)),
        "not settled"
        if row.churn_rate is None
        else words.percent(row.churn_rate, row.settled),
        words.interval(row.churn_rate_low, row.churn_rate_high, row.settled)
        or words.NOTHING,
    )


def _short(period: str) -> str:
    return f"{date.fromisoformat(period):%b}"


def _long(period: str) -> str:
    return f"{date.fromisoformat(period):%B %Y}"
