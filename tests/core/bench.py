"""A project on a database in memory, of which a test draws some tables."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from tests.core.drawing import cells, selected

from journeymine.build import _scalars
from journeymine.clock import EPOCH
from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.connectors import Table, load_connectors, prepared
from journeymine.contracts import apply_contracts
from journeymine.ingest import land_source, read_landed
from journeymine.loads import write_loads
from journeymine.models import Model
from journeymine.plan import Context, Step, build_order
from journeymine.project_file import load_config
from journeymine.raw import Landed, create_raw_views
from journeymine.records import identifier_pairs
from journeymine.settings_tables import write_settings
from journeymine.staging import idle_models
from journeymine.steps import STEPS
from journeymine.warehouse import Row, build_model

Columns = Mapping[str, Sequence[object]]
Given = Callable[..., None]
ResultOf = Callable[..., list[Row]]
SetProject = Callable[[str], None]

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
"""
WHOLE = "persona = 'all' and segment = 'all'"
SYSTEMS = ("web", "crm", "support", "feedback")


class Bench:
    """Draws tables, and builds models from them as a run does."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.con = con
        self.folder = folder
        self.set_project("")

    def set_project(self, toml: str) -> None:
        """Set the project file; a section in `toml` replaces the default's."""
        settings = {**tomllib.loads(PROJECT), **tomllib.loads(toml)}
        settings.setdefault("sources", {name: _source(name) for name in SYSTEMS})
        config = Config.model_validate(settings)
        config = config.model_copy(update={"sources": prepared(config.sources)})
        self._begin(config, {name: [] for name in config.sources})

    def load(self, path: Path) -> None:
        """Land the files of a project, whose file is named, and begin from them."""
        config = load_config(path)
        for name in config.sources:
            land_source(config, name)
        landing = config.output / "landing"
        self._begin(
            config, {name: read_landed(landing, name) for name in config.sources}
        )

    def _begin(self, config: Config, landed: Landed) -> None:
        write_settings(self.con, config)
        landed = apply_contracts(self.con, config, landed)
        create_raw_views(self.con, config, landed)
        write_loads(self.con, landed)
        scalars = _scalars(config)
        if config.project.as_of:
            scalars["as_of"] = config.project.as_of
            scalars["as_of_us"] = microseconds(config.project.as_of - EPOCH)
        if config.journey.inactivity != "learned":
            scalars["inactivity_us"] = microseconds(config.journey.inactivity)
        self.context = Context(self.con, config, scalars, self.folder)
        self.idle = idle_models(config)
        self.drawn: set[str] = set()
        self.made: set[str] = set()

    def given(self, **drawings: str | Columns) -> None:
        """Make tables from drawings or columns; what was built before is forgotten."""
        for table, drawing in drawings.items():
            drawn = pa.table(
                dict(cells(drawing) if isinstance(drawing, str) else drawing)
            )
            wanted = selected(self.con, table, drawn.column_names)
            # A connector's raw_... is a view, so its rows stand in a table beside it.
            is_raw = table in _raw_tables()
            name = f"drawn_{table}" if is_raw else table
            self.con.register("drawn", drawn)
            self.con.execute(
                f"create or replace table {name} as select {wanted}"
                " from (select *, row_number() over () as place from drawn)"
            )
            self.con.unregister("drawn")
            if is_raw:
                self._view(table, name, drawn.column_names)
            self.drawn.add(table)
        self.made = set()

    def _view(self, table: str, drawing: str, drawn: Sequence[str]) -> None:
        """Make the view of drawn records, with their identifiers unless drawn, too."""
        pairs = _raw_tables()[table].identifiers
        replaced = ""
        if pairs and "identifiers" not in drawn:
            replaced = f" replace ({identifier_pairs(pairs)} as identifiers)"
        self.con.execute(
            f"create or replace view {table} as select *{replaced} from {drawing}"
        )

    def build(self, model: str) -> None:
        """Build a model, and before it all that it reads and nobody drew."""
        for node in self._missing(model):
            if isinstance(node, Step):
                node.make(self.context)
            else:
                build_model(self.con, node, self.context.parameters)
            self.made.add(node.name)

    def result_of(self, model: str, *columns: str, where: str = "true") -> list[Row]:
        """Return columns of a model, in order of their values.

        The name may be followed by joins with other models.
        """
        self.build(model.split()[0])
        return self.con.execute(
            f"select {', '.join(columns)} from {model} where {where} order by all"
        ).fetchall()

    def _missing(self, model: str) -> list[Model | Step]:
        """Return the nodes that a model needs and that do not stand yet, in order."""
        wanted, missing = {model}, []
        for node in reversed(_order()):
            if node.name in wanted - self.made - self.drawn - self.idle:
                missing.append(node)
                wanted |= _read_by(node.name)
                wanted |= {
                    step
                    for scalar, step in _setters().items()
                    if scalar not in self.context.parameters
                    and isinstance(node, Model)
                    and f"${scalar}" in node.code
                }
        return missing[::-1]


@cache
def _raw_tables() -> dict[str, Table]:
    """Return the tables of all connectors by the views of their records."""
    return {
        table.view: table
        for connector in load_connectors().values()
        for table in connector.tables.values()
    }


@cache
def _order() -> list[Model | Step]:
    return build_order(STEPS)


@cache
def _setters() -> dict[str, str]:
    return {scalar: step.name for step in STEPS.values() for scalar in step.sets}


@cache
def _read_by(name: str) -> set[str]:
    """Return the nodes that a node names."""
    (node,) = (one for one in _order() if one.name == name)
    if isinstance(node, Step):
        return set(node.reads)
    return {one.name for one in _order() if node.mentions(one.name)}


def _source(system: str) -> dict[str, object]:
    return {
        "path": f"{system}.csv",
        "format": "csv",
        "system": system,
        "columns": {"occurred_at": "at", "activity": "activity"},
    }
