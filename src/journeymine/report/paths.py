"""The process map: the connections that carry most steps, by persona."""

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import queries, words
from journeymine.report.drawing import Edge, Node, draw_process_map
from journeymine.report.facts import Facts, Persona
from journeymine.report.graph import Kind
from journeymine.report.reader import Row, Tables

COVERAGE = 0.8
MOST_EDGES, MOST_NODES = 32, 20
LEAVE_SHARES = (0.1, 0.2, 0.3, 0.4)
WAITS = (60.0, 600.0, 3600.0, 86400.0)


@dataclass(frozen=True)
class Connection:
    """One row of the table behind a process map."""

    source: str
    target: str
    transitions: str
    customers: str
    wait: str
    leave: str


@dataclass(frozen=True)
class ProcessMap:
    """The process map of one persona."""

    key: str
    label: str
    drawing: Markup
    coverage: str
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


def _process_map(
    persona: Persona, rows: list[Row], activities: dict[str, Row], facts: Facts
) -> ProcessMap:
    shown = most_travelled(rows)
    names = sorted({name for row in shown for name in _ends(row)})
    nodes = [_node(name, activities.get(name)) for name in names]
    edges = [_edge(row, activities.get(row.to_activity)) for row in shown]
    steps = sum(row.transitions for row in rows)
    share = sum(row.transitions for row in shown) / steps if steps else 0.0
    coverage = (
        f"{len(shown)} of {words.plural(len(rows), 'connection', 'connections')} "
        f"carry {words.percent(share, steps)} of {words.plural(steps, 'step', 'steps')}"
    )
    title = f"Process map of {persona.label}: {coverage}; the table follows"
    drawing = draw_process_map(nodes, edges, title, facts.stages)
    return ProcessMap(
        persona.key,
        persona.label,
        Markup(drawing),
        coverage,
        [_connection(row, activities.get(row.to_activity)) for row in shown],
    )


def most_travelled(rows: list[Row]) -> list[Row]:
    """Return the connections with most steps that together reach the coverage.

    Fewer, if the picture would hold more than it can show; self-loops count as
    connections.
    """
    steps = sum(row.transitions for row in rows)
    kept: list[Row] = []
    names: set[str] = set()
    carried = 0
    for row in rows:
        if carried >= COVERAGE * steps or len(kept) == MOST_EDGES:
            break
        if len(names | set(_ends(row))) > MOST_NODES:
            continue
        kept.append(row)
        names |= set(_ends(row))
        carried += row.transitions
    return kept


def _ends(row: Row) -> tuple[str, str]:
    return row.from_activity, row.to_activity


def _node(name: str, row: Row | None) -> Node:
    if row is None:
        return Node(name, words.label(name))
    kind: Kind = "goal" if row.is_goal else "exit" if row.is_exit else "task"
    leave = _leave(row)
    note = f"{words.MINUS}{100 * leave:.0f}%" if leave and leave >= 0.005 else ""
    return Node(name, words.label(name), kind, row.customers, row.stage or "", note)


def _edge(row: Row, target: Row | None) -> Edge:
    leave = _leave(target) or 0.0
    drop = 1 + sum(leave >= bound for bound in LEAVE_SHARES)
    wait = 1 + sum((row.p50_seconds or 0) >= bound for bound in WAITS)
    ends = f"{words.label(row.from_activity)} → {words.label(row.to_activity)}"
    title = (
        f"{ends}: {words.plural(row.customers, 'customer', 'customers')}, "
        f"{words.plural(row.transitions, 'time', 'times')}, "
        f"median wait {words.duration(row.p50_seconds)}"
    )
    return Edge(
        row.from_activity,
        row.to_activity,
        float(row.customers),
        words.compact(row.customers),
        f"d{drop} t{wait}",
        title,
    )


def _leave(row: Row | None) -> float | None:
    """Return the share of journeys through an activity that end there unconverted."""
    if row is None or row.is_goal or not row.journeys:
        return None
    return float(row.ends) / float(row.journeys)


def _connection(row: Row, target: Row | None) -> Connection:
    leave = _leave(target)
    cases = target.journeys if target else None
    return Connection(
        words.label(row.from_activity),
        words.label(row.to_activity),
        words.count(row.transitions),
        words.count(row.customers),
        words.duration(row.p50_seconds),
        words.percent(leave, cases),
    )
