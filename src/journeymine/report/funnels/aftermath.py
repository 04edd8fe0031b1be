"""What those who left a funnel did next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.sankey import Band, Place, draw_sankey
from journeymine.report.funnels import queries
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

WAYS = {
    "fell_silent": ("Did nothing more", "did nothing more"),
    "went_on": ("Did something else", "did something else on the same channel"),
    "changed_channel": ("On another channel", "went on, on another channel"),
}
HEAD = [
    "After",
    "Left",
    "Did nothing more",
    "Did something else",
    "On another channel",
    "Most often next",
    "Turned to support",
    "Median silence",
    "Converted later",
]


@dataclass(frozen=True)
class Aftermath:
    """What the leavers of one persona did next."""

    key: str
    title: str
    sentence: str
    drawn: Markup
    table: list[list[str]]


def read_aftermath(ground: Ground) -> dict[str, list[Aftermath]]:
    """Return what leavers did next, per funnel and persona, where anybody left."""
    later = {
        (row.funnel, row.persona, row.step_index): row.returned
        for row in ground.tables.rows(queries.RETURNED)
    }
    told: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.AFTERMATH):
        row.returned = later.get((row.funnel, row.persona, row.step_index))
        told[row.funnel, row.persona].append(row)
    return {
        funnel.key: [
            _aftermath(panel.key, told[funnel.key, panel.key], funnel)
            for panel in funnel.panels
            if told[funnel.key, panel.key]
        ]
        for funnel in ground.funnels
    }


def _aftermath(key: str, rows: Sequence[Row], funnel: Funnel) -> Aftermath:
    known = [row for row in rows if _is_known(row)]
    heading = title(rows)
    return Aftermath(
        key=key,
        title=heading,
        sentence=sentence(rows, funnel),
        drawn=_draw(known, heading) if known else Markup(""),
        table=[_cells(row) for row in rows],
    )


def title(rows: Sequence[Row]) -> str:
    """Say what most of those who left did next."""
    if not all(_is_known(row) for row in rows):
        return "What leavers did next is told in part: small cells are withheld"
    sums = {way: sum(getattr(row, way) for row in rows) for way in WAYS}
    most = max(WAYS, key=lambda way: sums[way])
    left = sum(row.dropped for row in rows)
    return f"{words.count(sums[most])} of {words.count(left)} who left {WAYS[most][1]}"


def sentence(rows: Sequence[Row], funnel: Funnel) -> str:
    """Say what is drawn, how many turned to support, and how many converted later."""
    within = f"within {funnel.panels[0].window} of the last step"
    parts = [f"The first thing they did {within}; who still has time is not counted"]
    support = _sum([row.went_to_support for row in rows])
    if support is not None:
        parts.append(f"{_some(support)} turned to support in that time")
    later = _sum([row.returned for row in rows])
    if later is not None:
        parts.append(f"{_some(later)} came back and converted later")
    return ". ".join(parts) + "."


def _some(number: int) -> str:
    return words.count(number) if number else "Nobody"


def _is_known(row: Row) -> bool:
    return None not in (row.dropped, *(getattr(row, way) for way in WAYS))


def _sum(counts: Sequence[int | None]) -> int | None:
    """Return a sum: what is withheld leaves it unknown."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _draw(rows: Sequence[Row], label: str) -> Markup:
    """Draw the steps that were left on the left, and the ways on the right."""
    steps = [
        Place(f"step{row.step_index}", 0, words.label(row.step), row.dropped, "drop")
        for row in rows
    ]
    ways = [
        Place(way, 1, name, sum(getattr(row, way) for row in rows), "vol")
        for way, (name, _) in WAYS.items()
        if any(getattr(row, way) for row in rows)
    ]
    bands = [
        Band(f"step{row.step_index}", way, getattr(row, way), told=_told(row, way))
        for row in rows
        for way in WAYS
        if getattr(row, way)
    ]
    return draw_sankey([*steps, *ways], bands, label, width=540)


def _told(row: Row, way: str) -> str:
    some = f"{words.count(getattr(row, way))} of {words.count(row.dropped)}"
    return f"{words.label(row.step)}: {some} {WAYS[way][1]}"


def _cells(row: Row) -> list[str]:
    ways = (words.count(getattr(row, way)) for way in WAYS)
    following = words.label(row.next_activity) if row.next_activity else "Nothing"
    return [
        words.label(row.step),
        words.count(row.dropped),
        *ways,
        following if _is_known(row) else words.NOTHING,
        words.count(row.went_to_support),
        words.duration(row.median_silence_seconds),
        words.count(row.returned),
    ]
