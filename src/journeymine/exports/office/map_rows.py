"""The journey map as rows of cells: numbers where it is one, texts uncut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journeymine.exports.grid import Grid, Map, Stage
from journeymine.exports.lanes import LANES, quote_lines
from journeymine.exports.office.tables import Cell, Value
from journeymine.report import words
from journeymine.report.cells.lines import opportunity_line, pain_line


@dataclass(frozen=True)
class Row:
    """One row of the map; `part` is the part of the map that it belongs to."""

    part: str
    name: str
    cells: tuple[Value | Cell, ...]


EVERY_LETTER = 1_000_000  # texts stand uncut

Fill = Callable[[Stage, Grid], Value | Cell]

TEXTS = {lane.key: lane for lane in LANES}


def map_rows(one: Map, grid: Grid) -> list[Row]:
    """Return the rows of a persona's map, in the order of the report's map."""
    return [
        Row(part, name, tuple(fill(stage, grid) for stage in columns(one)))
        for part, name, fill in ROWS
    ]


def columns(one: Map) -> tuple[Stage, ...]:
    """Return the stages, and what is about none of them if there is any such."""
    whole = one.whole
    told = (whole.steps, whole.pains, whole.kpis, whole.notes, whole.company)
    return (*one.stages, *([whole] if any(told) or not one.stages else []))


def about(one: Map) -> str:
    """Return the size of a persona and what it does, in a line."""
    people = words.plural(one.customers, "customer", "customers")
    if one.persona == "all":
        return f"{people}: everyone with an event in the period."
    return f"{people}, {words.percent(one.share, one.customers)} of all. {one.profile}"


def _text(key: str) -> Fill:
    """Return the lane of that key as the boards tell it, a line below the other."""
    return lambda stage, grid: "\n".join(TEXTS[key].lines(stage, grid))


def _customers(stage: Stage, grid: Grid) -> Value | Cell:
    del grid
    if stage.customers is None:
        return "withheld"
    return stage.customers if stage.key else ""


def _share(stage: Stage, grid: Grid) -> Value | Cell:
    del grid
    return Cell(stage.share, "share") if stage.key else ""


def _reached(stage: Stage, grid: Grid) -> Value:
    """Return who reached the steps, of those who entered the funnel."""
    return "\n".join(
        f"{one.name}: {words.count(one.reached)} of {words.count(one.entered)}"
        f" {grid.unit}, {words.count(one.in_progress)} in progress"
        for one in stage.steps
    )


def _emotion(stage: Stage, grid: Grid) -> Value | Cell:
    """Return the mean; that nobody or too few answered is said, never drawn as 0."""
    felt = stage.emotion
    if felt is None and "fct_experience" in grid.hidden:
        return "withheld"
    if felt is None or not felt.answers:
        return "nobody was asked" if felt is None else "nobody answered"
    return "too few answers" if felt.value is None else Cell(felt.value, "signed")


def _interval(stage: Stage, grid: Grid) -> Value:
    del grid
    felt = stage.emotion
    if felt is None or felt.low is None or felt.high is None:
        return ""
    return f"{felt.low:.2f} to {felt.high:.2f}".replace("-", words.MINUS)


def _answers(stage: Stage, grid: Grid) -> Value:
    del grid
    return stage.emotion.answers if stage.emotion else ""


def quotes(stage: Stage, grid: Grid) -> str:
    """Return what customers said, in full; nobody is quoted where few answered."""
    told = quote_lines(stage, EVERY_LETTER)
    return "\n".join(told or TEXTS["quotes"].lines(stage, grid))


def _touchpoints(stage: Stage, grid: Grid) -> Value:
    told = [
        f"{one.name} ({words.label(one.channel or 'several channels').lower()}):"
        f" {words.count(one.customers)}"
        for one in stage.touchpoints
    ]
    return "\n".join(told or TEXTS["touchpoints"].lines(stage, grid))


def _pains(stage: Stage, grid: Grid) -> Value:
    told = [f"{one.rank}. {pain_line(one)}" for one in stage.pains]
    return "\n".join(told or TEXTS["pains"].lines(stage, grid))


def _opportunities(stage: Stage, grid: Grid) -> Value:
    told = [
        opportunity_line(one, grid.currency) for one in stage.pains if one.opportunity
    ]
    return "\n".join(told or TEXTS["opportunities"].lines(stage, grid))


def _company(stage: Stage, grid: Grid) -> Value:
    told = [f"{one.name}: {words.count(one.events)}" for one in stage.company]
    return "\n".join(told or TEXTS["company"].lines(stage, grid))


EXPERIENCE, LOSS, ACTION = "Experience", "Where it goes wrong", "What to do"

ROWS: Sequence[tuple[str, str, Fill]] = (
    (EXPERIENCE, "Steps of the funnel", _text("steps")),
    (EXPERIENCE, "Customers", _customers),
    (EXPERIENCE, "Share of customers", _share),
    (EXPERIENCE, "Reached", _reached),
    (EXPERIENCE, "Emotion, \N{MINUS SIGN}1 to +1", _emotion),
    (EXPERIENCE, "Emotion, 95% interval", _interval),
    (EXPERIENCE, "Answers", _answers),
    (EXPERIENCE, "They said", quotes),
    (EXPERIENCE, "Touchpoints", _touchpoints),
    (LOSS, "Drop-off", _text("drop_off")),
    (LOSS, "Time in stage", _text("time")),
    (LOSS, "Pain points", _pains),
    (ACTION, "Opportunities", _opportunities),
    (ACTION, "KPIs", _text("kpis")),
    (ACTION, "Owner", _text("owner")),
    (ACTION, "Notes", _text("notes")),
    ("Backstage", "What the company did", _company),
)
"""In the order of the map in the report."""
