"""What comes before and after an anchor: the ways to it and from it, as flows."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.sankey import Band, Place, draw_sankey
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import NAMES, OPEN, START, activity
from journeymine.report.reader import Row

KEPT = 6
"""Activities told by name at each distance; the rarer ones are folded."""
MOST = 8
"""Anchors drawn, those of most journeys."""
OTHER = "$other"
Spot = tuple[int, str]  # a distance, and what happens there


@dataclass(frozen=True)
class Anchor:
    """The ways around one anchor; `options` of a select, so key and label."""

    key: str
    label: str
    title: str
    told: str
    drawing: Markup
    rows: list[tuple[str, ...]]


def read_anchors(ground: Ground) -> list[Anchor]:
    """Return the ways around each anchor, those of most journeys first."""
    by_anchor: dict[str, list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.ANCHORED):
        by_anchor[row.anchor].append(row)
    known = sorted(by_anchor, key=lambda name: (-passing(by_anchor[name]), name))
    return [_anchor(name, by_anchor[name]) for name in known[:MOST]]


def passing(rows: list[Row]) -> int:
    """Return how many journeys come to the anchor, as its rows tell."""
    return sum(row.journeys or 0 for row in rows if row.distance == -1)


def finding(anchor: str, rows: list[Row]) -> str:
    """Say what comes most often directly before an anchor, and after it."""
    name = words.label(anchor)
    before = _most([row for row in rows if row.distance == -1], "from_activity")
    if before is None:
        return f"Nothing is known of the ways to “{name}”"
    count = words.count(before.journeys)
    if before.from_activity == START:
        return f"“{name}” most often begins the journey: {count} times"
    return (
        f"Before “{name}” most often comes “{activity(before.from_activity)}”: {count}"
    )


def _most(rows: list[Row], key: str) -> Row | None:
    told = [row for row in rows if row.journeys and getattr(row, key) != OTHER]
    return max(told, key=lambda row: (row.journeys, getattr(row, key)), default=None)


def _anchor(name: str, rows: list[Row]) -> Anchor:
    names = _folded(rows)
    flows: Counter[tuple[Spot, Spot]] = Counter()
    for row in rows:
        source, target = _ends(row)
        flows[_seen(source, names), _seen(target, names)] += row.journeys or 0
    places = _places(flows, names)
    bands = [
        Band(_key(source), _key(target), float(journeys))
        for (source, target), journeys in sorted(flows.items())
    ]
    label = f"Ways to and from “{words.label(name)}”; the table follows"
    journeys = words.plural(passing(rows), "journey", "journeys")
    return Anchor(
        key=name,
        label=words.label(name),
        title=finding(name, rows),
        told=f"{journeys} of all customers that come here, by the first time they do.",
        drawing=draw_sankey(places, bands, label),
        rows=[_told(flow, journeys, names) for flow, journeys in sorted(flows.items())],
    )


def _ends(row: Row) -> tuple[Spot, Spot]:
    """Return where a row leads from and to; the anchor itself is at 0."""
    first = row.distance if row.distance < 0 else row.distance - 1
    return (first, row.from_activity), (first + 1, row.to_activity)


def _folded(rows: list[Row]) -> dict[Spot, str]:
    """Return the name of what is shown at each distance, the rest as one."""
    weights: dict[int, Counter[str]] = defaultdict(Counter)
    more: dict[int, int] = defaultdict(int)
    for row in rows:
        (first, source), (second, target) = _ends(row)
        is_before = row.distance < 0
        at, name = (first, source) if is_before else (second, target)
        weights[at][name] += row.journeys or 0
        others = row.from_others if is_before else row.to_others
        more[at] = max(more[at], others or 0)
    names = {_ends(row)[1] if row.distance == -1 else _ends(row)[0] for row in rows}
    shown = {spot: words.label(spot[1]) for spot in names if spot[0] == 0}
    for at, counts in weights.items():
        plain = [name for name in counts if name not in NAMES and name != OTHER]
        plain.sort(key=lambda name: (-counts[name], name))
        shown |= {(at, name): words.label(name) for name in plain[:KEPT]}
        shown |= {(at, name): NAMES[name] for name in counts if name in NAMES}
        if left := len(plain[KEPT:]) + more[at]:
            shown[at, OTHER] = words.plural(left, "other", "others")
    return shown


def _seen(spot: Spot, names: dict[Spot, str]) -> Spot:
    return spot if spot in names else (spot[0], OTHER)


def _places(flows: Counter[tuple[Spot, Spot]], names: dict[Spot, str]) -> list[Place]:
    into: Counter[Spot] = Counter()
    out: Counter[Spot] = Counter()
    for (source, target), journeys in flows.items():
        out[source] += journeys
        into[target] += journeys
    spots = sorted({*into, *out})
    first = spots[0][0]
    return [
        Place(
            key=_key(spot),
            column=spot[0] - first,
            label=names.get(spot, "Others"),
            weight=float(max(into[spot], out[spot])),
            kind="wip" if spot[1] == OPEN else "",
        )
        for spot in spots
    ]


def _told(
    flow: tuple[Spot, Spot], journeys: int, names: dict[Spot, str]
) -> tuple[str, ...]:
    source, target = flow
    step = source[0] if source[0] < 0 else target[0]
    at = words.signed(step, 0)
    ends = (names.get(spot, "Others") for spot in flow)
    return (at, *ends, words.count(journeys))


def _key(spot: Spot) -> str:
    return f"{spot[0]}:{spot[1]}"
