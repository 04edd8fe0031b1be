"""Sources of a project file, completed by what their connectors know."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeymine.config_sources import Source
from journeymine.connectors.loading import connector_of
from journeymine.connectors.model import TABLE, Connector, Table
from journeymine.errors import ConfigError
from journeymine.file_formats import format_by_name

EXCLUSIVE = ("time_unit", "time_format")
"""Settings of which a source has one at most."""


def prepared(sources: Mapping[str, Source]) -> dict[str, Source]:
    """Return the sources as a run reads them, one for each table of an export.

    The tables of a source are called `<source>.<table>`. What the project file leaves
    out is as the connector says.

    Raises
    ------
    ConfigError
        If there is no such connector or table, or nobody says the format.
    """
    found = {}
    for name, source in sources.items():
        connector = connector_of(name, source)
        for table, path in _paths(name, source, connector).items():
            whole = f"{name}.{table}" if source.tables else name
            update = {"path": path, "table": table, "tables": {}}
            found[whole] = _completed(whole, source, connector, update)
    return found


def table_of(name: str, source: Source) -> Table:
    """Return the table of its connector that the files of a prepared source are."""
    return connector_of(name, source).tables[source.table or ""]


def used_connectors(sources: Mapping[str, Source]) -> list[str]:
    """Return the connectors that sources use, and that of tables without one."""
    return sorted({TABLE, *(one.connector or TABLE for one in sources.values())})


def _paths(name: str, source: Source, connector: Connector) -> dict[str, str]:
    """Return the path of each table that a source reads."""
    known = ", ".join(connector.tables)
    if list(connector.tables) == [""]:
        if source.tables or source.table:
            message = (
                f"sources.{name}: connector {connector.name!r} has no tables; set path"
            )
            raise ConfigError(message)
        return {"": source.path}
    if not (source.tables or source.table):
        message = (
            f"sources.{name}: connector {connector.name!r} reads several tables; name"
            f" their files as tables = {{ {next(iter(connector.tables))} = ... }};"
            f" there are: {known}"
        )
        raise ConfigError(message)
    paths = source.tables or {source.table or "": source.path}
    for table in paths:
        if table not in connector.tables:
            message = (
                f"sources.{name}: connector {connector.name!r} has no table {table!r};"
                f" choose of: {known}"
            )
            raise ConfigError(message)
    return paths


def _completed(
    name: str, source: Source, connector: Connector, update: dict[str, Any]
) -> Source:
    """Return a source of one table with the settings that its connector adds."""
    reading = dict(connector.tables[update["table"]].reading)
    said = {key for key, value in source if value is not None}
    said &= source.model_fields_set
    if said.intersection(EXCLUSIVE):
        reading = {key: one for key, one in reading.items() if key not in EXCLUSIVE}
    reading = {key: one for key, one in reading.items() if key not in said}
    if "format" in reading:
        reading["format"] = _format(update["path"], reading["format"])
    if not (source.format or reading.get("format")):
        message = f"sources.{name}: format: missing; add it"
        raise ConfigError(message)
    if connector.name != TABLE:
        reading["company"] = (*source.company, *connector.company)
    reading["system"] = source.system or connector.system
    return source.model_copy(update={**reading, **update})


def _format(path: str, usual: str) -> str:
    """Return the format of a connector's files, whose names may tell another one."""
    named = format_by_name(path)
    # A file `.json` may be either; one of lines is mostly called so.
    is_document = usual == "json" and ".json" in Path(path.lower()).suffixes
    return usual if named is None or is_document else named
