"""The process map of each persona: laid out once, shown at six levels of coverage."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.process_map.coverage import END, LEVELS, START, Arc
from journeymine.process_map.drawing import draw_process_map
from journeymine.process_map.graph import Edge, Kind, Mark, Node
from journeymine.report import queries, words
from journeymine.report.facts import Facts, Persona
from journeymine.report.paths.arcs import Arcs, arcs_of, coverage_of
from journeymine.report.reader import Row, Tables

LEAVE_SHARES = (0.1, 0.2, 0.3, 0.4)
CALM, FULL = 60, 90  # connections at first, and the coverage that is enough
WAITS = (60.0, 600.0, 3600.0, 86400.0)


@dataclass(frozen=True)
class Connection:
    """One row of the table behind a process map, shown from a level on."""

    source: str
    target: str
    transitions: str
    customers: str
    wait: str
    leave: str
    level: int


@dataclass(frozen=True)
class ProcessMap:
    """The process map of one persona, and what it covers at each level."""

    key: str
    label: str
    drawing: Markup
    coverage: dict[int, str]
    connections: list[Connection]


def read_process_maps(tables: Tables, facts: Facts) -> list[ProcessMap]:
    """Return a process map for everyone and for each persona that moved at all."""
    transitions: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.TRANSITIONS):
        transitions[row.persona].append(row)
    activities: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in tables.rows(queries.ACTIVITIES):
        activities[row.persona][row.activity] = row
    return [
        _process_map(one, transitions[one.key], activities[one.key], facts)
        for one in facts.personas
        if transitions[one.key]
    ]


def first_level(maps: Sequence[ProcessMap]) -> int:
    """Return the coverage to begin with: the highest that is calm enough to read."""
    if not maps:
        return LEVELS[0]
    levels = [one.level for one in maps[0].connections]
    calm = [
        level
        for level in LEVELS
        if level <= FULL and sum(one <= level for one in levels) <= CALM
    ]
    return max(calm, default=LEVELS[0])


def _process_map(
    persona: Persona, rows: list[Row], activities: dict[str, Row], facts: Facts
) -> ProcessMap:
    arcs = arcs_of(rows, activities)
    known = words.plural(len(arcs.activities), "activity", "activities")
    title = f"Process map of {persona.label}: {known}; the table follows"
    nodes = [_node(name, row, arcs) for name, row in arcs.activities.items()]
    edges = [_edge(arc, row, arcs) for arc, row in arcs.steps.items()]
    drawing = draw_process_map(nodes, edges, title, facts.stages)
    return ProcessMap(
        persona.key,
        persona.label,
        Markup(drawing),
        {level: coverage_of(arcs, rows, level) for level in LEVELS},
        [_connection(arc, arcs) for arc in arcs.steps],
    )


def _node(name: str, row: Row, arcs: Arcs) -> Node:
    kind: Kind = "goal" if row.is_goal else "exit" if row.is_exit else "task"
    leave = _leave(row)
    return Node(
        name,
        words.label(name),
        kind,
        row.customers,
        row.stage or "",
        f"{words.MINUS}{100 * leave:.0f}%" if leave and leave >= 0.005 else "",
        _mark(arcs.starts, (START, name), arcs, "start"),
        _mark(arcs.ends, (name, END), arcs, "end"),
        _drop(row),
    )


def _mark(journeys: dict[Arc, int], arc: Arc, arcs: Arcs, verb: str) -> Mark | None:
    if arc not in journeys:
        return None
    number = journeys[arc]
    verb += "s" if number == 1 else ""
    told = f"{words.plural(number, 'journey', 'journeys')} {verb} here"
    return Mark(words.compact(number), told, arcs.levels[arc])


def _edge(arc: Arc, row: Row, arcs: Arcs) -> Edge:
    wait = 1 + sum((row.p50_seconds or 0) >= bound for bound in WAITS)
    title = (
        f"{words.label(arc[0])} → {words.label(arc[1])}: "
        f"{words.plural(row.customers, 'customer', 'customers')}, "
        f"{words.plural(row.transitions, 'time', 'times')}, "
        f"median wait {words.duration(row.p50_seconds)}"
    )
    return Edge(
        *arc,
        weight=float(row.customers),
        label=words.compact(row.customers),
        measure=f"{_drop(arcs.activities[arc[1]])} t{wait}",
        title=title,
        wait=words.duration(row.p50_seconds),
        level=arcs.levels[arc],
    )


def _drop(row: Row) -> str:
    leave = _leave(row) or 0.0
    return f"d{1 + sum(leave >= bound for bound in LEAVE_SHARES)}"


def _leave(row: Row) -> float | None:
    """Return the share of journeys through an activity that end there unconverted."""
    if row.is_goal or not row.journeys:
        return None
    return None if row.ends is None else float(row.ends) / float(row.journeys)


def _connection(arc: Arc, arcs: Arcs) -> Connection:
    row, target = arcs.steps[arc], arcs.activities[arc[1]]
    return Connection(
        words.label(arc[0]),
        words.label(arc[1]),
        words.count(row.transitions),
        words.count(row.customers),
        words.duration(row.p50_seconds),
        words.percent(_leave(target), target.journeys),
        arcs.levels[arc],
    )
