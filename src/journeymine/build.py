"""Build every table of a run in its DuckDB file, in the order of the plan."""

from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.contracts import apply_contracts
from journeymine.lifecycle_tables import lifecycle_scalars
from journeymine.loads import write_loads
from journeymine.models import Model
from journeymine.plan import Context, Step, build_order
from journeymine.raw import Landed, create_raw_views
from journeymine.settings_tables import write_settings
from journeymine.staging import idle_models
from journeymine.steps import STEPS
from journeymine.warehouse import Parameters, build_model

EVENTS_PER_ROUND = 2_000_000
"""Events that the models of journeys work on at a time."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a node, its place from 1, and the number of nodes."""


def build(
    con: duckdb.DuckDBPyConnection,
    config: Config,
    landed: Landed,
    folder: Path,
    progress: Progress,
) -> Parameters:
    """Build all tables, and return the scalars that the models were given.

    Parameters
    ----------
    folder
        Where steps that write files put them.

    Raises
    ------
    SourceError
        If a file lacks a column that the project reads, or breaks a frozen contract.
    ModelError
        If a model cannot be built, or its key is not one.
    """
    context = prepare(con, config, landed, folder)
    nodes = nodes_of(config)
    for place, node in enumerate(nodes, start=1):
        progress(node.name, place, len(nodes))
        make(node, context)
    return context.parameters


def prepare(
    con: duckdb.DuckDBPyConnection, config: Config, landed: Landed, folder: Path
) -> Context:
    """Write what the nodes start from: settings, views of raw records, loads."""
    write_settings(con, config)
    landed = apply_contracts(con, config, landed)
    create_raw_views(con, config, landed)
    write_loads(con, landed)
    return Context(con, config, _scalars(config), folder)


def nodes_of(config: Config, wanted: Collection[str] = ()) -> list[Model | Step]:
    """Return the nodes that a project builds, in order; those for `wanted` if given."""
    idle = idle_models(config)
    return [node for node in build_order(STEPS, wanted) if node.name not in idle]


def make(node: Model | Step, context: Context) -> None:
    """Make the table of a node."""
    if isinstance(node, Model):
        build_model(context.con, node, context.parameters)
    else:
        node.make(context)


def _scalars(config: Config) -> Parameters:
    """Return the scalars that the project file sets; steps add the learned ones."""
    return {
        "zone": config.project.timezone,
        "events_per_round": EVENTS_PER_ROUND,
        "currency": config.project.currency,
        "session_gap_us": microseconds(config.journey.session_gap),
        "value_per_conversion": config.journey.value,
        **lifecycle_scalars(config),
    }
