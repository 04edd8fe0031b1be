"""The trends: how their section is filled."""

import re
from dataclasses import replace

from journeymine.report.facts import EVERYONE as ALL_CUSTOMERS
from journeymine.report.facts import Facts
from journeymine.report.ground import Ground
from journeymine.report.trends import explore, findings, queries
from journeymine.report.trends.changes import comparisons
from journeymine.report.trends.figures import Time
from journeymine.report.trends.incidents import read_incidents
from journeymine.report.trends.measures import in_order, read_measures
from journeymine.report.trends.objectives import objective
from journeymine.report.trends.panels import (
    Material,
    aimed_figures,
    by_line,
    read_panels,
)
from journeymine.report.trends.series import (
    EVERYONE,
    kind_of,
    read_lines,
    slice_of,
    time_of,
)

ONE_MONTH = re.compile(r"(^|, )month \d{4}-\d\d$", re.IGNORECASE)


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    tables, facts = ground.tables, of_all_months(ground.facts)
    measures = read_measures(tables, facts.currency)
    lines = read_lines(tables, measures)
    kind = kind_of(lines)
    shown = time_of(line for key, line in lines.items() if key.kind == kind)
    if shown is None:
        return {"panels": [], "is_withheld": tables.is_withheld("fct_kpis")}
    changes = [row for row in tables.rows(queries.CHANGES) if row.metric in measures]
    aims = [row for row in tables.rows(queries.OBJECTIVES) if row.metric in measures]
    time = Time(shown, read_incidents(tables, facts))
    material = Material(measures, lines, by_line(changes), time, kind)
    tested = [
        row for row in changes if row.period_kind == kind and slice_of(row) == EVERYONE
    ]
    first = next((row.metric for row in (*aims, findings.surest(tested)) if row), "")
    return {
        "title": findings.headline(tested, measures, kind),
        "lead": findings.objectives_lead(aims, bool(facts.part)),
        "objectives": [objective(row, measures[row.metric], facts) for row in aims],
        "aimed": aimed_figures(material, aims),
        "panels": read_panels(material, aims, facts),
        "comparisons": comparisons(changes, measures, facts),
        "incidents": time.incidents,
        "queries": queries,
        **explore.explored(
            explore.data(lines, in_order(measures), time.incidents, facts, first)
        ),
    }


def of_all_months(facts: Facts) -> Facts:
    """Return the facts of a page without the month that it is narrowed to.

    The months stand side by side here, and none is taken out.
    """
    everyone, *others = facts.personas
    label = ONE_MONTH.sub("", everyone.label) or ALL_CUSTOMERS
    return replace(facts, personas=(replace(everyone, label=label), *others))
