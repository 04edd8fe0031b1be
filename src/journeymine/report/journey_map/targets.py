"""The lane of KPIs: a bar with its target, and how it stands."""

from dataclasses import dataclass

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words
from journeymine.report.cells import rows as cell_rows
from journeymine.report.cells.lines import measured
from journeymine.report.facts import Facts
from journeymine.report.journey_map.emotion import FEW_ANSWERS
from journeymine.report.journey_map.placed import Placed
from journeymine.report.reader import Row

STANDING = {
    "met": ("ok", "Met"),
    "on_track": ("ok", "On track"),
    "at_risk": ("off", "At risk"),
    "missed": ("off", "Off track"),
    "no_data": ("un", "Not final"),
}
PLAIN = ("journeys.conversion", "churn.rate", "nps", "csat", "support.share")
"""What stands beside the targets of the whole journey."""

SPANS = {"share": (0.0, 1.0), "emotion": (-1.0, 1.0), "points": (-100.0, 100.0)}


@dataclass(frozen=True)
class Target:
    """A measure, its bar, and how it stands to its target."""

    name: str
    meaning: str
    drawing: Markup
    value: str
    evidence: str
    target: str
    kind: str
    status: str


def targets(placed: Placed, facts: Facts, key: tuple[str, str]) -> list[Target]:
    """Return the measures of a stage that have a target; of the whole, some others."""
    rows = placed.kpis.get(key, [])
    return [
        _target(row, facts)
        for row in rows
        if row.target is not None
        or (not key[1] and row.metric in PLAIN and (row.n or 0) >= FEW_ANSWERS)
    ]


def _target(row: Row, facts: Facts) -> Target:
    told = cell_rows.kpi(row)
    inside = [_inside(row, facts), words.cases(told.cases)]
    kind, status = STANDING.get(row.status or "", ("un", "Not final"))
    goal = ""
    if row.target is not None:
        goal = f"target {measured(row.target, row.unit, facts.currency)}"
        goal += (
            f" by {row.target_by.day} {row.target_by:%b %Y}" if row.target_by else ""
        )
    return Target(
        name=told.name,
        meaning=told.meaning,
        drawing=draw_bullet(row.value, row.target, row.unit)
        if told.cases >= FEW_ANSWERS
        else Markup(""),
        value=measured(row.value, row.unit, facts.currency)
        if told.cases >= FEW_ANSWERS
        else "Too few",
        evidence=", ".join(part for part in inside if part),
        target=goal,
        kind=kind if row.target is not None else "",
        status=status if row.target is not None else "",
    )


def _inside(row: Row, facts: Facts) -> str:
    """Return the interval of a measure; empty if there is none."""
    if row.value_low is None or row.value_high is None:
        return ""
    if row.unit == "share":
        return words.interval(row.value_low, row.value_high, row.n)
    ends = row.value_low, row.value_high
    return " to ".join(measured(end, row.unit, facts.currency) for end in ends)


def draw_bullet(value: float, target: float | None, unit: str) -> Markup:
    """Return a bar up to the value, with a line at the target."""
    most = max(abs(value), abs(target or 0)) * 1.25 or 1.0
    low, high = SPANS.get(unit, (min(0.0, value, target or 0.0), most))

    def at(one: float) -> float:
        return min(1.0, max(0.0, (one - low) / (high - low)))

    start, end = sorted((at(max(low, 0.0)), at(value)))
    shapes = [
        svg.tag("rect", x=0, y=5, width="100%", height=4, class_="rail"),
        svg.tag(
            "rect",
            x=svg.share_of(start),
            y=5,
            width=svg.share_of(end - start),
            height=4,
            class_="fv",
        ),
    ]
    if target is not None:
        place = svg.share_of(at(target))
        shapes.append(svg.line((place, place), (0, 14), "goal"))
    return svg.tag("svg", *shapes, class_="bul", aria_hidden="true")
