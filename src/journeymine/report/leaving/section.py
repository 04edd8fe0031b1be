"""Churn and retention: how the section is filled."""

from dataclasses import dataclass

from journeymine.report import rates
from journeymine.report.ground import Ground
from journeymine.report.leaving import queries
from journeymine.report.leaving.attempts import Attempts, read_attempts
from journeymine.report.leaving.churn import read_churn
from journeymine.report.leaving.drawn import Drawn
from journeymine.report.leaving.retention import Retention, read_retention
from journeymine.report.leaving.risk import read_risk
from journeymine.report.leaving.staying import read_staying

RULES = """
select name, value
from meta_run
where name like 'churn_%' or name like 'retention_%'
"""
TABLES = {
    "attempts": "fct_abandonment",
    "churn": "fct_churn",
    "retention": "fct_retention",
    "risk": "fct_churn_risk_quality",
}


@dataclass(frozen=True)
class Panel:
    """What is told of one persona; what is not known of it is None or empty."""

    key: str
    label: str
    attempts: list[Attempts]
    churn: Drawn | None
    staying: Drawn | None
    retention: Retention | None


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    tables = ground.tables
    rules = {row.name: row.value for row in tables.rows(RULES)}
    attempts, churn = read_attempts(tables), read_churn(tables)
    staying = read_staying(tables)
    retention = read_retention(tables, rules.get("retention_period", "month"))
    panels = [
        Panel(
            one.key,
            one.label,
            attempts.get(one.key, []),
            churn.get(one.key),
            staying.get(one.key),
            retention.get(one.key),
        )
        for one in ground.facts.personas
        if any(one.key in some for some in (attempts, churn, retention))
    ]
    return {
        "panels": panels,
        "title": _title(panels),
        "rule": rule(rules),
        "risk": read_risk(tables),
        "queries": queries,
        "withheld": {
            part for part, table in TABLES.items() if tables.is_withheld(table)
        },
    }


def _title(panels: list[Panel]) -> str:
    if not panels:
        return "Who leaves for good is not told"
    whole = panels[0]
    if whole.churn:
        return whole.churn.answer
    if whole.attempts:
        return whole.attempts[0].title
    return whole.retention.title if whole.retention else "Who leaves is not known yet"


def rule(rules: dict[str, str]) -> str:
    """Say who counts as having left."""
    seconds = rules.get("churn_horizon_seconds")
    if rules.get("churn_kind") == "contractual":
        return (
            "A customer has left when the contract ended and was not renewed in time."
        )
    if not seconds:
        return ""
    silence = rates.window(float(seconds))
    return f"There is no contract: who is silent for {silence} has left."
