"""The map laid out on a board: boxes with places, and the links between them.

Whiteboards and drawing tools differ in how a box is written, not in where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from journeymine.exports.grid import Grid, Map, Stage
from journeymine.exports.lanes import LANES, Lane
from journeymine.report import words
from journeymine.report.cells.model import Emotion

NAME_WIDE, STAGE_WIDE = 140, 260
TITLE_HIGH, HEAD_HIGH, MOOD_HIGH = 64, 44, 150
LINE_HIGH, PADDING, GAP = 17, 10, 6
STEP_HIGH, STEP_APART, STEP_TOP, DOT = 40, 26, 30, 44
LETTERS = 38
"""Of a line in a cell, at the size that all formats write."""


@dataclass(frozen=True)
class Box:
    """Something on the board, from its upper left corner.

    `kind` is title, stage, lane, cell, step or dot; `tone` says what a colour may:
    pos, neg, neu, drop or act (what one can act on).
    """

    key: str
    kind: str
    text: str
    x: int
    y: int
    wide: int
    high: int
    tone: str = ""


@dataclass(frozen=True)
class Link:
    """From one box to another: a way on (`next`) or the line of feelings (`mood`)."""

    key: str
    kind: str
    source: str
    target: str
    text: str = ""


@dataclass(frozen=True)
class Board:
    """One map as a drawing."""

    key: str
    name: str
    wide: int
    high: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


TONES = {"drop_off": "drop", "pains": "drop", "opportunities": "act", "notes": "act"}


def draw_board(one: Map, grid: Grid, number: int) -> Board:
    """Return the map of a persona; keys begin with its number, so none comes twice."""
    key = f"m{number}"
    columns = [*one.stages, *([one.whole] if _says(one.whole, grid) else [])]
    boxes = [*_head(one, grid, columns, key)]
    links: list[Link] = []
    y = TITLE_HIGH + HEAD_HIGH + 2 * GAP
    for lane in LANES:
        high = _high(lane, columns, grid)
        boxes.append(Box(f"{key}-{lane.key}", "lane", lane.name, 0, y, NAME_WIDE, high))
        boxes += _lane(lane, columns, grid, Box(key, "", "", 0, y, 0, high))
        y += high + GAP
    links += [*_ways(columns, key), *_moods(columns, key)]
    return Board(
        key, one.name, _left(len(columns)) - GAP, y, tuple(boxes), tuple(links)
    )


def _says(whole: Stage, grid: Grid) -> bool:
    return any(lane.told(whole, grid) for lane in LANES)


def _left(column: int) -> int:
    return NAME_WIDE + GAP + column * (STAGE_WIDE + GAP)


def _head(one: Map, grid: Grid, columns: list[Stage], key: str) -> Iterator[Box]:
    size = words.plural(one.customers, "customer", "customers")
    if one.persona != "all":
        size += f", {words.percent(one.share, one.customers)} of all"
    about = [grid.period, f"complete to {grid.complete_to}", grid.withheld]
    lines = [
        f"{grid.project}: {one.name} ({size})",
        ". ".join(part for part in (*about, one.profile) if part),
    ]
    wide = max(_left(len(columns)) - GAP, 4 * STAGE_WIDE)
    yield Box(f"{key}-title", "title", "\n".join(lines), 0, 0, wide, TITLE_HIGH)
    for number, stage in enumerate(columns):
        x, y = _left(number), TITLE_HIGH + GAP
        key_of = f"{key}-s{number}"
        yield Box(key_of, "stage", stage.name, x, y, STAGE_WIDE, HEAD_HIGH)


def _lane(lane: Lane, columns: list[Stage], grid: Grid, at: Box) -> Iterator[Box]:
    for number, stage in enumerate(columns):
        x, key = _left(number), f"{at.key}-{lane.key}-{number}"
        lines = lane.lines(stage, grid)
        if lane.key == "steps" and stage.steps:
            yield from _step_boxes(stage, key, x, at.y)
            continue
        told = bool(lane.told(stage, grid))
        tone = TONES.get(lane.key, "") if told else "none"
        text = "\n".join(lines)
        if lane.key == "emotion" and told:
            yield Box(key, "cell", text, x, at.y, STAGE_WIDE, at.high)
            yield from _dot(stage, f"{key}-dot", x, at.y)
        elif text or stage.key:
            yield Box(key, "cell", text, x, at.y, STAGE_WIDE, at.high, tone)


def _step_boxes(stage: Stage, key: str, x: int, y: int) -> Iterator[Box]:
    for place, one in enumerate(stage.steps):
        top = y + STEP_TOP + place * (STEP_HIGH + STEP_APART)
        yield Box(
            f"{key}-{place}", "step", one.name, x + 30, top, STAGE_WIDE - 60, STEP_HIGH
        )


def _dot(stage: Stage, key: str, x: int, y: int) -> Iterator[Box]:
    """Yield the point of the emotion line: the better, the higher."""
    felt = stage.emotion
    if felt is None or felt.value is None:
        return
    reach = (MOOD_HIGH - 46 - DOT) / 2
    top = round(y + 46 + reach * (1 - felt.value)) - 3
    text = words.signed(felt.value)
    yield Box(key, "dot", text, x + (STAGE_WIDE - DOT) // 2, top, DOT, DOT, _tone(felt))


def _tone(felt: Emotion) -> str:
    """Return the side that the whole interval is on, if it is on one."""
    if felt.high is not None and felt.high < 0:
        return "neg"
    return "pos" if felt.low is not None and felt.low > 0 else "neu"


def _high(lane: Lane, columns: list[Stage], grid: Grid) -> int:
    if lane.key == "emotion":
        return MOOD_HIGH
    lines = max(_lines(lane.lines(stage, grid)) for stage in columns) if columns else 1
    high = max(lines, 1) * LINE_HIGH + 2 * PADDING
    if lane.key == "steps":
        steps = max((len(stage.steps) for stage in columns), default=0)
        high = max(high, steps * (STEP_HIGH + STEP_APART) + PADDING)
    return high


def _lines(told: list[str]) -> int:
    """Return how many lines a text takes when its words are wrapped."""
    return sum(1 + _width(line) // LETTERS for line in told)


def _width(line: str) -> int:
    """Return the width of a line in letters; those of some scripts take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def _ways(columns: list[Stage], key: str) -> Iterator[Link]:
    """Yield the ways from step to step, each with who leaves before the next."""
    steps = [
        (one, f"{key}-steps-{number}-{place}")
        for number, stage in enumerate(columns)
        for place, one in enumerate(stage.steps)
    ]
    steps.sort(key=lambda found: found[0].step_index)
    for (one, source), (_, target) in pairwise(steps):
        rate = words.percent(one.drop_rate, one.at_risk)
        text = "" if one.drop_rate is None else f"{words.MINUS}{rate}"
        yield Link(f"{source}-next", "next", source, target, text)


def _moods(columns: list[Stage], key: str) -> Iterator[Link]:
    """Yield the line of feelings; where too few answered, it breaks."""
    for number, (left, right) in enumerate(pairwise(columns)):
        if _is_felt(left) and _is_felt(right):
            ends = (f"{key}-emotion-{one}-dot" for one in (number, number + 1))
            yield Link(f"{key}-mood-{number}", "mood", *ends)


def _is_felt(stage: Stage) -> bool:
    return stage.emotion is not None and stage.emotion.value is not None
