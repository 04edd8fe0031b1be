"""Voice of the customer: how the section is filled."""

from collections import defaultdict
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.reader import Row, Tables
from journeymine.report.voice import queries
from journeymine.report.voice.measures import FEW_ANSWERS, MEASURES
from journeymine.report.voice.months import Drawn, over_time
from journeymine.report.voice.places import Places, read_places
from journeymine.report.voice.quotes import Quote, read_quotes
from journeymine.report.voice.scores import Score, has_answers, lead, scores
from journeymine.report.voice.stages import stage_cells, stages_title


@dataclass(frozen=True)
class Panel:
    """What one persona says; what it said nothing about is empty or None."""

    key: str
    label: str
    lead: str
    scores: list[Score]
    months: list[Drawn]
    places: Places | None
    quotes: list[Quote]


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    tables, facts = ground.tables, ground.facts
    scored = _by_persona(tables, queries.SCORES)
    stages = tables.rows(queries.STAGES)
    is_known = any(has_answers(rows) for rows in scored.values())
    panels = _panels(ground, scored) if is_known else []
    return {
        "title": title(scored["all"], panels),
        "panels": panels,
        "stages": [words.label(stage) for stage in facts.stages],
        "stage_cells": stage_cells(stages, facts),
        "stages_title": stages_title(stages, facts),
        "is_withheld": tables.is_withheld("fct_experience"),
        "are_texts_withheld": tables.is_withheld("fct_feedback_texts"),
        "queries": queries,
        "least": FEW_ANSWERS,
    }


def title(rows: list[Row], panels: list[Panel]) -> str:
    """Say where it clearly feels bad; else the first score that is known."""
    if not panels:
        return "What customers say is not known"
    places = panels[0].places
    if places and places.answer:
        return places.answer
    for measure in MEASURES:
        for row in sorted(rows, key=lambda row: not row.is_solicited):
            if measure.value(row) is not None:
                return (
                    f"{measure.name} is {measure.told(row)} ({measure.evidence(row)})"
                )
    return f"Fewer than {FEW_ANSWERS} customers answered so far"


def _panels(ground: Ground, scored: dict[str, list[Row]]) -> list[Panel]:
    tables, facts = ground.tables, ground.facts
    months = _by_persona(tables, queries.MONTHS)
    places = _by_persona(tables, queries.TOUCHPOINTS)
    quotes = read_quotes(tables, facts)
    return [
        Panel(
            key=one.key,
            label=one.label,
            lead=lead(scored[one.key]),
            scores=scores(scored[one.key]),
            months=over_time(months[one.key], facts),
            places=read_places(places[one.key]),
            quotes=quotes[one.key] if has_answers(scored[one.key], FEW_ANSWERS) else [],
        )
        for one in facts.personas
    ]


def _by_persona(tables: Tables, query: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(query):
        found[row.persona].append(row)
    return found
