"""The cells of the heat map of cohorts, and the table behind it."""

from dataclasses import dataclass
from datetime import date

from journeymine.report import words
from journeymine.report.reader import Row

LEVELS = 5  # of the fill of a cell
HEAD = (
    "Cohort and period", "Customers", "Period is over for", "Active", "Rate",
    "95% interval", "Final",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell of the heat map: how deep it is filled, and whether it may change."""

    rate: str
    level: int
    is_final: bool
    told: str


@dataclass(frozen=True)
class Cohort:
    """A row of the heat map."""

    name: str
    customers: str
    cells: list[Cell | None]


def cell_of(row: Row | None) -> Cell | None:
    """Return a cell; none before a period is over for anybody, or if it is withheld."""
    if row is None or not row.at_risk:
        return None
    rate, low, high = _rate(row)
    if rate is None:
        return None
    told = (
        f"{words.interval(low, high, row.at_risk)}, {words.cases(row.at_risk)}"
        f"{'' if row.is_final else f' of {words.count(row.customers)}: not final'}"
    )
    return Cell(
        words.percent(rate, row.at_risk),
        min(LEVELS, 1 + int(LEVELS * rate)),
        bool(row.is_final),
        told,
    )


def cohort_row(row: Row, unit: str) -> tuple[str, ...]:
    """Return a cell as a row of the table behind."""
    rate, low, high = _rate(row)
    return (
        f"{cohort_name(row.cohort, unit)}, {unit} {row.period_index}",
        words.count(row.customers),
        words.count(row.at_risk),
        words.count(row.active),
        words.percent(rate, row.at_risk),
        words.interval(low, high, row.at_risk) or words.NOTHING,
        "yes" if row.is_final else "not yet",
    )


def _rate(row: Row) -> tuple[float | None, float | None, float | None]:
    """Return the rate of a cell with its ends: of those at risk if it is not final."""
    name = "retention_rate" if row.is_final else "at_risk_rate"
    rate, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return rate, low, high


def cohort_name(first: date, unit: str) -> str:
    """Return the month or the first day of a cohort."""
    return f"{first:%b %Y}" if unit == "month" else f"{first.day} {first:%b %Y}"
