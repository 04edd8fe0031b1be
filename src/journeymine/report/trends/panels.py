"""What is drawn of each persona: what changed, and of all customers the rest too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeymine.report.facts import Facts
from journeymine.report.reader import Row
from journeymine.report.trends import findings
from journeymine.report.trends.calendar import ALL
from journeymine.report.trends.changes import Changes, period_changes
from journeymine.report.trends.figures import Figure, Time, draw_figure
from journeymine.report.trends.measures import Measure, in_order
from journeymine.report.trends.series import EVERYONE, Key, Line, slice_of

MOST, MOST_OF_A_PERSONA = 6, 3


@dataclass(frozen=True)
class Panel:
    """What is shown of a persona, or of all customers."""

    key: str
    label: str
    figures: list[Figure]
    rest: list[Figure]
    changes: Changes


@dataclass(frozen=True)
class Material:
    """What the drawings are made of: lines, and what was tested of each."""

    measures: Mapping[str, Measure]
    lines: Mapping[Key, Line]
    changes: Mapping[Key, Sequence[Row]]
    time: Time
    kind: str

    def figure(self, key: Key, target: float | None = None) -> Figure:
        """Return the drawing of a line."""
        return draw_figure(
            self.lines[key], self.changes.get(key, ()), self.time, target
        )

    def is_drawn(self, key: Key) -> bool:
        """Whether a line has anything to draw."""
        return key in self.lines and bool(self.lines[key].known)

    def tells_of(self, persona: str) -> bool:
        """Whether any line of a persona has something to draw."""
        return any(
            key.slice == (persona, ALL, ALL) and line.known
            for key, line in self.lines.items()
        )

    def surest(self, key: Key) -> Row | None:
        """Return the change of a line that is surest, if one is clear."""
        return findings.surest(self.changes.get(key, ()))


def by_line(changes: Sequence[Row]) -> dict[Key, list[Row]]:
    """Return the changes of each line."""
    found: dict[Key, list[Row]] = {}
    for row in changes:
        key = Key(row.metric, row.period_kind, slice_of(row))
        found.setdefault(key, []).append(row)
    return found


def aimed_figures(material: Material, aims: Sequence[Row]) -> list[Figure]:
    """Return a drawing for each objective, with its target."""
    kinds = [
        material.kind if row.period_kind == ALL else row.period_kind for row in aims
    ]
    keys = [
        Key(row.metric, kind, slice_of(row))
        for row, kind in zip(aims, kinds, strict=True)
    ]
    return [
        material.figure(key, row.target)
        for key, row in zip(keys, aims, strict=True)
        if material.is_drawn(key)
    ]


def read_panels(material: Material, aims: Sequence[Row], facts: Facts) -> list[Panel]:
    """Return a panel for all customers, and one for each persona."""
    done = {row.metric for row in aims if slice_of(row) == EVERYONE}
    return [
        _panel(material, done, persona.key, persona.label, facts)
        for persona in facts.personas
        if persona.key == ALL or material.tells_of(persona.key)
    ]


def _panel(
    material: Material, done: set[str], persona: str, label: str, facts: Facts
) -> Panel:
    """Return what changed for a persona; for all customers, all but what is `done`."""
    is_all = persona == ALL
    keys = [
        Key(one.key, material.kind, (persona, ALL, ALL))
        for one in in_order(material.measures)
        if not (is_all and one.key in done)
    ]
    keys = [key for key in keys if material.is_drawn(key)]
    clear = [(key, row) for key in keys if (row := material.surest(key))]
    clear.sort(key=lambda one: (one[1].rank, not one[1].is_worse, one[0].metric))
    first = [key for key, _ in clear[: MOST if is_all else MOST_OF_A_PERSONA]]
    rest = [key for key in keys if key not in first] if is_all else []
    rows = [row for some in material.changes.values() for row in some]
    return Panel(
        key=persona,
        label=label,
        figures=[material.figure(key) for key in first],
        rest=[material.figure(key) for key in rest],
        changes=period_changes(
            rows if is_all else [row for row in rows if row.persona == persona],
            material.measures,
            facts,
            material.kind,
        ),
    )
