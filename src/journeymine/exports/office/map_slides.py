"""The slides of the journey map: its lanes in short, and how it feels."""

from pptx.presentation import Presentation

from journeymine.exports.grid import Grid, Stage
from journeymine.exports.lanes import LANES
from journeymine.exports.office import charts
from journeymine.exports.office.chart_book import Series
from journeymine.exports.office.map_rows import quotes
from journeymine.exports.office.slide_pen import (
    LEFT,
    WIDE,
    Box,
    Rows,
    add_slide,
    add_table,
    write,
)
from journeymine.report import words

SHOWN = {"volume", "emotion", "quotes", "drop_off", "time", "pains", "opportunities"}
LETTERS, LETTERS_OF_NAME = 100, 24
ROWS = 12  # of a table beside a chart
MOST = 8  # stages that a slide can hold
SIGNED = "+0.00;\N{MINUS SIGN}0.00;0.00"
BODY = Box(LEFT, 1.75, WIDE, 5.1)


def journey_map(deck: Presentation, grid: Grid) -> None:
    """Add the map of everyone; the whole of it is in the workbook."""
    one = grid.maps[0]
    stages = one.stages[:MOST]
    more = len(one.stages) - len(stages)
    named = words.plural(len(one.stages), "stage", "stages")
    lead = f"{one.name}. The whole map, and that of each persona, is in the workbook."
    if more:
        lead += f" The last {words.plural(more, 'stage', 'stages')} are there only."
    slide = add_slide(
        deck,
        (f"The journey in {named}" if stages else "No stages are defined", lead),
        "Customers: seen in the stage. Emotion: mean from minus to plus 1 with its 95%"
        " interval, where five or more answered. Time: of a journey in the stage.",
    )
    if not stages:
        write(slide, "Set [stages] in the project file.", BODY, 16)
        return
    rows = [["", *(words.shorten(one.name, LETTERS_OF_NAME) for one in stages)]]
    for lane in LANES:
        if lane.key in SHOWN:
            rows.append([lane.name, *(_cell(lane.key, one, grid) for one in stages)])
    share = 0.9 / len(stages)
    add_table(slide, Rows(rows, (0.1, *[share] * len(stages)), 9), BODY)


def _cell(lane: str, stage: Stage, grid: Grid) -> str:
    (told,) = (one for one in LANES if one.key == lane)
    lines = told.lines(stage, grid)
    if lane == "quotes":
        lines = quotes(stage, grid).split("\n")
    shown = 1 if lane in ("quotes", "pains", "opportunities") else 3
    return "\n".join(words.shorten(line, LETTERS) for line in lines[:shown])


def emotion(deck: Presentation, grid: Grid) -> None:
    """Add how each stage feels: a line that breaks where too few answered."""
    one = grid.maps[0]
    felt = [stage for stage in one.stages if _value(stage) is not None]
    slide = add_slide(
        deck,
        (
            _title(felt),
            "Mean emotion per stage of those who were asked, minus 1 to plus 1.",
        ),
        "A mean is shrunk to that of all stages with the weight of ten answers; under"
        " five answers none is told. The interval is one of 95%, over customers.",
    )
    if not felt:
        write(slide, "Nobody was asked, or too few answered.", BODY, 16)
        return
    # Those with a figure first, where not all stages have a place.
    told_of = one.stages if len(one.stages) <= ROWS else felt[:ROWS]
    names = [words.shorten(stage.name, LETTERS_OF_NAME) for stage in one.stages]
    values = [_value(stage) for stage in one.stages]
    series = [Series("Emotion", values, "15181C")]
    drawn = charts.Drawn(*(charts.LINE, names, series, SIGNED, _title(felt)), (-1, 1))
    charts.add_chart(slide, drawn, Box(LEFT, 2.0, 7.0, 4.8))
    rows = [["Stage", "Emotion", "95% interval", "n"], *map(_row, told_of)]
    told = Rows(rows, (0.36, -0.22, -0.28, -0.14))
    add_table(slide, told, Box(LEFT + 7.2, 2.0, WIDE - 7.2, 4.8))


def _title(felt: list[Stage]) -> str:
    if not felt:
        return "How it feels is not known"
    worst = min(felt, key=lambda stage: _value(stage) or 0.0)
    level = words.signed(_value(worst))
    high = worst.emotion.high if worst.emotion else None
    if high is not None and high < 0:
        return f"{worst.name} is the low point of the journey, at {level}"
    return f"No stage is clearly felt as bad; the lowest is {worst.name}, at {level}"


def _value(stage: Stage) -> float | None:
    return stage.emotion.value if stage.emotion else None


def _row(stage: Stage) -> list[str]:
    felt, name = stage.emotion, words.shorten(stage.name, LETTERS_OF_NAME)
    if felt is None:
        return [name, "not asked", "", "0"]
    silent = "too few" if felt.answers else "no answers"
    told = silent if felt.value is None else words.signed(felt.value)
    bounds = words.between(felt.low, felt.high)
    return [name, told, bounds, words.count(felt.answers)]
