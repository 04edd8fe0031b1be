"""Build every table of a run in its DuckDB file, in the order of the plan."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.contracts import apply_contracts
from journeymine.lifecycle_tables import lifecycle_scalars
from journeymine.loads import write_loads
from journeymine.models import Model
from journeymine.plan import Context, build_order
from journeymine.raw import Landed, create_raw_views
from journeymine.settings_tables import write_settings
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
    write_settings(con, config)
    landed = apply_contracts(con, config, landed)
    create_raw_views(con, config, landed)
    write_loads(con, landed)
    context = Context(con, config, _scalars(config), folder)
    nodes = build_order(STEPS)
    for place, node in enumerate(nodes, start=1):
        progress(node.name, place, len(nodes))
        if isinstance(node, Model):
            build_model(con, node, context.parameters)
        else:
            node.make(context)
    return context.parameters


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
