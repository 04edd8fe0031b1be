"""Drawn measures over time, and what the section on trends says of them."""

from collections.abc import Mapping
from pathlib import Path

from tests.report.published import Rows, publish

from journeymine.report.ground import read_ground
from journeymine.report.reader import open_tables
from journeymine.report.trends import section
from journeymine.report.trends.figures import Figure
from journeymine.report.trends.panels import Panel

CHURN, NPS, BEGUN = "churn.rate", "nps", "journeys.count"
UNITS = {CHURN: ("share", "down"), NPS: ("points", "up"), BEGUN: ("journeys", "up")}
MONTHS = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01")
EVERYONE = {"persona": "all", "segment": "all", "segment_value": "all"}


def metrics() -> list[dict[str, object]]:
    return [
        {
            "metric": metric,
            "words": f"What {metric} is",
            "unit": unit,
            "direction": direction,
            "query": f"select 1 as {metric.replace('.', '_')}",
        }
        for metric, (unit, direction) in UNITS.items()
    ]


def month(
    metric: str, period: str, value: float | None, **more: object
) -> dict[str, object]:
    aimed = "target target_by owner status projection projection_low projection_high"
    return {
        **dict.fromkeys(aimed.split()),
        "metric": metric,
        "objective": "(none)",
        "period_kind": "month",
        "period": period,
        **EVERYONE,
        "n": 200,
        "value": value,
        "value_low": None if value is None else value * 0.9,
        "value_high": None if value is None else value * 1.1,
        "is_final": True,
        **more,
    }


def change(
    metric: str, period: str, before: float, after: float, **more: object
) -> dict[str, object]:
    difference = after - before
    return {
        "metric": metric,
        "period_kind": "month",
        "period": period,
        **EVERYONE,
        "before": "2024-01-01",
        "after": period,
        "n_before": 200,
        "n_after": 210,
        "value_before": before,
        "value_after": after,
        "difference": difference,
        "difference_low": difference - 0.05,
        "difference_high": difference + 0.05,
        "q_value": 0.01,
        "is_worse": difference > 0,
        "rank": 1,
        **more,
    }


def filled(folder: Path, rows: Rows) -> dict[str, object]:
    database = folder / "journeymine.duckdb"
    database.unlink(missing_ok=True)
    publish(database, {"meta_metrics": metrics(), **rows})
    tables = open_tables(database)
    try:
        return section.fill(read_ground(tables))
    finally:
        tables.con.close()


def plain(text: object) -> str:
    """Return a text in the letters of a keyboard."""
    letters: dict[str, str | int | None] = {
        "\N{WORD JOINER}": "",
        "\N{NO-BREAK SPACE}": " ",
    }
    letters |= dict.fromkeys(("\N{EN DASH}", "\N{MINUS SIGN}", "\N{EM DASH}"), "-")
    return str(text).translate(str.maketrans(letters))


def panel(content: Mapping[str, object], number: int = 0) -> Panel:
    panels = content["panels"]
    assert isinstance(panels, list)
    found = panels[number]
    assert isinstance(found, Panel)
    return found


def drawn(content: Mapping[str, object], name: str) -> Figure:
    every = [*panel(content).figures, *panel(content).rest]
    return next(one for one in every if one.name == name)
