"""How good the risk to churn is, and how many stand at which risk."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.whiskers import Whisker, draw_whiskers
from journeymine.report.leaving import queries
from journeymine.report.reader import Row, Tables

NAMES = {
    "base_rate": "the same risk for everyone",
    "recency": "how long each was silent alone",
}


@dataclass(frozen=True)
class Tenth:
    """Customers of the trial whose risk was told in one tenth, and what happened."""

    told: str
    happened: str
    inside: str
    tried: str


@dataclass(frozen=True)
class Risk:
    """What is foreseen of the customers who may still come back."""

    title: str
    lead: str
    tenths: list[Tenth]
    drawn: Markup
    at_risk: list[tuple[str, ...]]


def read_risk(tables: Tables) -> Risk | None:
    """Return what is foreseen; None if the project does not ask for it."""
    quality = {row.basis: row for row in tables.rows(queries.RISK_QUALITY)}
    if "model" not in quality:
        return None
    tenths = tables.rows(queries.CALIBRATION)
    heading = title(quality["model"])
    return Risk(
        title=heading,
        lead=lead(quality),
        tenths=[_tenth(row) for row in tenths],
        drawn=_draw(tenths, heading),
        at_risk=[
            (
                f"Tenth {row.risk_decile}",
                words.count(row.customers),
                words.percent(row.mean_risk, row.customers),
                words.count(row.expected),
            )
            for row in tables.rows(queries.AT_RISK)
        ],
    )


def title(model: Row) -> str:
    """Say whether the risk foresees who leaves."""
    if not model.has_claim:
        return "Who leaves could not be foreseen better than by chance"
    return f"In {words.percent(model.auc)} of pairs, who leaves is told from who stays"


def lead(quality: dict[str, Row]) -> str:
    """Say on whom the risk was tried, and what it is held against."""
    model = quality["model"]
    tried = words.plural(model.tried, "customer", "customers")
    parts = [f"Tried on {tried}, of whom {words.count(model.churned)} left"]
    if not model.has_claim:
        parts.append(f"No risk is told: {model.reason or 'no trial was possible'}")
        return ". ".join(parts) + "."
    parts += [
        f"Its mean squared error is {model.brier:.3f}; with {name} {row.brier:.3f}"
        for basis, name in NAMES.items()
        if (row := quality.get(basis)) is not None and row.brier is not None
    ]
    return ". ".join(parts) + "."


def _tenth(row: Row) -> Tenth:
    return Tenth(
        words.percent(row.mean_risk, row.tried),
        words.percent(row.churn_rate, row.tried),
        words.interval(row.churn_rate_low, row.churn_rate_high, row.tried),
        words.count(row.tried),
    )


def _draw(rows: Sequence[Row], label: str) -> Markup:
    whiskers = [
        Whisker(row.churn_rate, row.churn_rate_low, row.churn_rate_high) for row in rows
    ]
    return draw_whiskers(whiskers, 0, 1, label) if whiskers else Markup("")
