"""The build graph: what is built from what, and so in which order.

A node is a SQL model or a step in Python. Both make one table, named as the node.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.models import ROUND_MODELS, Model, load_models
from journeymine.warehouse import Parameters


@dataclass(frozen=True)
class Context:
    """What a step in Python may use: database, project, scalars, folder for files."""

    con: duckdb.DuckDBPyConnection
    config: Config
    parameters: Parameters
    folder: Path


@dataclass(frozen=True)
class Step:
    """A node that is computed in Python.

    Attributes
    ----------
    name
        The table or view that it makes.
    reads
        Tables that must stand before it.
    sets
        Scalars that it adds to `Context.parameters`.
    make
        Makes the table.
    """

    name: str
    reads: tuple[str, ...]
    make: Callable[[Context], None]
    sets: tuple[str, ...] = ()


def build_order(
    steps: Mapping[str, Step], wanted: Collection[str] = ()
) -> list[Model | Step]:
    """Return every node, each after all that it reads; the same order each time.

    Of `wanted` nodes, if any are named, only they and what they need.
    """
    models = {
        name: model for name, model in load_models().items() if name not in ROUND_MODELS
    }
    nodes: dict[str, Model | Step] = {**models, **steps}
    setter = {scalar: step.name for step in steps.values() for scalar in step.sets}
    reads = {name: _reads(nodes[name], sorted(nodes), setter) for name in sorted(nodes)}
    order = list(TopologicalSorter(reads).static_order())
    needed = set(wanted or order)
    for name in reversed(order):
        if name in needed:
            needed.update(reads[name])
    return [nodes[name] for name in order if name in needed]


def _reads(
    node: Model | Step, names: list[str], setter: Mapping[str, str]
) -> list[str]:
    if isinstance(node, Step):
        return sorted(node.reads)
    tables = [name for name in names if name != node.name and node.mentions(name)]
    scalars = [step for scalar, step in setter.items() if f"${scalar}" in node.code]
    return sorted({*tables, *scalars})
