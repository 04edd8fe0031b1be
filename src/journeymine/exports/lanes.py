"""The lanes of the map: what each says of a stage, in lines as a person reads them."""

from collections.abc import Callable
from dataclasses import dataclass

from journeymine.exports.grid import Grid, Stage
from journeymine.report import words
from journeymine.report.cells.lines import (
    emotion_line,
    kpi_line,
    opportunity_line,
    pain_line,
    step_line,
)
from journeymine.report.cells.texts import one_line

SHOWN = 3
"""Of touchpoints, pain points and acts; the rest is counted."""

QUOTE_LETTERS, LINE_LETTERS = 140, 240

FEW = "Fewer than 5 answers, so none is quoted"
WITHHELD = "Withheld"

Lines = list[str]


@dataclass(frozen=True)
class Lane:
    """A row of the map.

    Attributes
    ----------
    key, name
        What it is called by programs, and by people.
    told
        The lines that it says of a stage; none where nothing is known.
    nothing
        What stands there then; empty where people may write something.
    table
        What it is told from: if that is withheld, so is said.
    """

    key: str
    name: str
    told: Callable[[Stage, Grid], Lines]
    nothing: str = ""
    table: str = ""

    def lines(self, stage: Stage, grid: Grid) -> Lines:
        """Return what stands in a cell: what is missing is said, save of the whole."""
        told = [one_line(line, LINE_LETTERS) for line in self.told(stage, grid)]
        nothing = WITHHELD if self.table in grid.hidden else self.nothing
        return told or ([nothing] if nothing and stage.key else [])


def _steps(stage: Stage, grid: Grid) -> Lines:
    del grid
    return [one.name for one in stage.steps]


def _touchpoints(stage: Stage, grid: Grid) -> Lines:
    del grid
    told = [
        f"{one.name} ({words.label(one.channel or 'several channels').lower()}): "
        f"{words.count(one.customers)}"
        for one in stage.touchpoints[:SHOWN]
    ]
    return told + _more(len(stage.touchpoints))


def _volume(stage: Stage, grid: Grid) -> Lines:
    lines = []
    if stage.key and stage.customers is not None:
        share = "" if stage.share is None else f", {words.percent(stage.share)}"
        lines.append(f"{words.count(stage.customers)} customers{share}")
    return lines + [
        f"{one.name}: {words.count(one.reached)} {grid.unit}"
        + (f", {words.percent(one.reached / one.entered)}" if one.entered else "")
        + (f", {words.count(one.in_progress)} in progress" if one.in_progress else "")
        for one in stage.steps
    ]


def _drop_off(stage: Stage, grid: Grid) -> Lines:
    del grid
    return [step_line(one) for one in stage.steps if one.drop_rate is not None]


def _emotion(stage: Stage, grid: Grid) -> Lines:
    del grid
    told = [emotion_line(stage.emotion, ""), emotion_line(stage.unasked, "unasked ")]
    return [line for line in told if line]


def _quotes(stage: Stage, grid: Grid) -> Lines:
    del grid
    return quote_lines(stage, QUOTE_LETTERS)


def quote_lines(stage: Stage, letters: int) -> Lines:
    """Return what customers said; nobody is quoted where few answered."""
    felt = stage.emotion or stage.unasked
    if stage.quotes and (felt is None or felt.value is None):
        return [FEW]
    return [
        f"“{words.shorten(one.text, letters)}” ({one.origin})" for one in stage.quotes
    ]


def _time(stage: Stage, grid: Grid) -> Lines:
    del grid
    if stage.median_seconds is None:
        return []
    half, most = map(words.duration, (stage.median_seconds, stage.p90_seconds))
    return [f"Half stay {half} or less, nine in ten {most} or less"]


def _pains(stage: Stage, grid: Grid) -> Lines:
    del grid
    told = [pain_line(one) for one in stage.pains[:SHOWN]]
    return told + _more(len(stage.pains))


def _opportunities(stage: Stage, grid: Grid) -> Lines:
    chosen = [one for one in stage.pains if one.opportunity]
    told = [opportunity_line(one, grid.currency) for one in chosen[:SHOWN]]
    return told + _more(len(chosen))


def _kpis(stage: Stage, grid: Grid) -> Lines:
    # What is felt in a stage has a lane of its own.
    shown = (one for one in stage.kpis if one.target or one.family != "emotion")
    return [kpi_line(one, grid.currency) for one in shown]


def _owner(stage: Stage, grid: Grid) -> Lines:
    del grid
    owners = [one.owner for one in stage.kpis] + [one.owner for one in stage.notes]
    return list(dict.fromkeys(one for one in owners if one))


def _notes(stage: Stage, grid: Grid) -> Lines:
    del grid
    return [f"{one.text or one.place} [{one.status}]" for one in stage.notes]


def _company(stage: Stage, grid: Grid) -> Lines:
    del grid
    told = [f"{one.name}: {words.count(one.events)}" for one in stage.company[:SHOWN]]
    return told + _more(len(stage.company))


def _more(number: int) -> Lines:
    return [f"and {number - SHOWN} more"] if number > SHOWN else []


LANES = (
    Lane("steps", "Steps", _steps, "No step of the funnel"),
    Lane("touchpoints", "Touchpoints", _touchpoints, "None seen", "fct_touchpoints"),
    Lane("volume", "Volume", _volume, "Not known"),
    Lane("emotion", "Emotion", _emotion, "Nobody was asked", "fct_experience"),
    Lane(
        "quotes",
        "What customers said",
        _quotes,
        "Nothing said here",
        "fct_feedback_texts",
    ),
    Lane("drop_off", "Drop-off", _drop_off, "No step to leave", "fct_drop_offs"),
    Lane("time", "Time in stage", _time, "Not known", "fct_stages"),
    Lane("pains", "Pain points", _pains, "None beyond the expected", "fct_pain_points"),
    Lane(
        "opportunities",
        "Opportunities",
        _opportunities,
        "None known",
        "fct_pain_points",
    ),
    Lane("kpis", "KPIs", _kpis, "None", "fct_kpis"),
    Lane("owner", "Owner", _owner),
    Lane("notes", "Notes", _notes),
    Lane("company", "Backstage", _company, "Nothing seen"),
)
"""From what customers do to what the company does, as on the report's map."""
