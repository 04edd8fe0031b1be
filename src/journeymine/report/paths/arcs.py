"""What a process map shows: its activities and connections, and from which level on."""

from dataclasses import dataclass

from journeymine.process_map.coverage import END, START, Arc, backbone, levels_of
from journeymine.report import words
from journeymine.report.reader import Row

MOST_NODES, MOST_ARCS = 40, 400


@dataclass(frozen=True)
class Arcs:
    """The connections of a map, by their ends; and the level that shows each.

    Attributes
    ----------
    activities
        Those with most events, by name.
    steps
        Connections between them.
    starts, ends
        Journeys that start and end with an activity.
    levels
        The least coverage at which an arc is shown.
    """

    activities: dict[str, Row]
    steps: dict[Arc, Row]
    starts: dict[Arc, int]
    ends: dict[Arc, int]
    levels: dict[Arc, int]


def arcs_of(rows: list[Row], activities: dict[str, Row]) -> Arcs:
    """Return what the map of a persona shows.

    Steps, starts and ends are covered apart, each to the same level; the strongest
    ways from the start to every activity are shown at every level.
    """
    busiest = sorted(activities, key=lambda name: (-activities[name].events, name))
    kept = {name: activities[name] for name in sorted(busiest[:MOST_NODES])}
    steps = {_ends(row): row for row in rows if {*_ends(row)} <= kept.keys()}
    volumes = {arc: row.transitions for arc, row in steps.items()}
    starts = {(START, name): row.starts for name, row in kept.items() if row.starts}
    ends = {(name, END): row.ends for name, row in kept.items() if row.ends}
    ways = backbone({**volumes, **starts})
    levels: dict[Arc, int] = {}
    for group in (starts, ends):
        levels |= levels_of(group, sorted(ways & group.keys()))
    whole = sum(row.transitions for row in rows)
    levels |= levels_of(volumes, sorted(ways & volumes.keys()), whole)
    drawn = sorted(steps, key=lambda arc: (levels[arc], -volumes[arc], arc))
    return Arcs(
        {name: row for name, row in kept.items() if name in _touched(levels)},
        {arc: steps[arc] for arc in drawn[:MOST_ARCS]},
        starts,
        ends,
        levels,
    )


def coverage_of(arcs: Arcs, rows: list[Row], level: int) -> str:
    """Return how many connections a level shows, and what they carry."""
    shown = [row for arc, row in arcs.steps.items() if arcs.levels[arc] <= level]
    steps = sum(row.transitions for row in rows)
    share = sum(row.transitions for row in shown) / steps if steps else 0.0
    known = {name for row in rows for name in _ends(row)}
    cut = f"; {len(arcs.activities)} of {len(known)} activities are drawn"
    return (
        f"{len(shown)} of {words.plural(len(rows), 'connection', 'connections')} "
        f"{'carries' if len(shown) == 1 else 'carry'} {words.percent(share, steps)}"
        f" of {words.plural(steps, 'step', 'steps')}"
        f"{cut if len(known) > len(arcs.activities) else ''}"
    )


def _touched(levels: dict[Arc, int]) -> set[str]:
    return {name for arc in levels for name in arc}


def _ends(row: Row) -> Arc:
    return row.from_activity, row.to_activity
