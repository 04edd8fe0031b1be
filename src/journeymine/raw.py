"""Landed records as `raw_<connector>` views: declared fields, still text.

The only place where a project's own column names meet SQL: they are looked up in the
columns found, and quoted.
"""

import re
from collections.abc import Sequence

import duckdb

from journeymine.config import Config, Source
from journeymine.connectors import (
    TABLE,
    Connector,
    connector_of,
    load_connectors,
)
from journeymine.errors import SourceError
from journeymine.ingest import LandedContent

SEPARATOR = "chr(31)"
RENAMED = {"source_order": "order", "session_key": "session_id"}
"""Fields of raw_table whose setting under `columns` has another name."""

XES_COLUMNS = {
    "activity": "concept:name",
    "occurred_at": "time:timestamp",
    "source_order": "@position",
    "lifecycle": "lifecycle:transition",
    "resource": "org:resource",
}
"""Where the XES standard keeps a field, if the project file does not say."""

Landed = dict[str, list[LandedContent]]


def create_raw_views(
    con: duckdb.DuckDBPyConnection, config: Config, landed: Landed
) -> None:
    """Create `raw_<connector>` for every connector, empty where no source uses it.

    Raises
    ------
    SourceError
        If a file lacks a column that its source declares.
    """
    for connector in load_connectors().values():
        selects = [_empty(connector)]
        for name, source in config.sources.items():
            if connector_of(name, source) == connector:
                selects += [
                    _select(connector, config, name, content)
                    for content in landed[name]
                    if content.refused is None and content.records > content.quarantined
                ]
        union = "\nunion all by name\n".join(selects)
        con.execute(f"create or replace view raw_{connector.name} as\n{union}")


def _empty(connector: Connector) -> str:
    """Return a select without rows that gives the view its columns and types."""
    texts = ["source", "sha256", *connector.fields]
    if connector.name == TABLE:
        texts += ["case_id", "record_key", "identifiers"]
    extra = "attributes" if connector.name == TABLE else "extra"
    columns = ", ".join(f"cast(null as varchar) as {name}" for name in texts)
    return (
        f"select {columns}, cast(null as bigint) as record_index,"
        f" cast(null as varchar) as {extra} where false"
    )


def _select(
    connector: Connector, config: Config, name: str, content: LandedContent
) -> str:
    """Return a select over one landed content, its fields renamed."""
    source = config.sources[name]
    records = Records(name, source, content)
    if connector.name == TABLE:
        fields = _table_fields(records, source, config.journey.case)
    else:
        fields = {
            field: records.required(column)
            for field, column in connector.fields.items()
        }
        fields["extra"] = records.attributes(source.attributes)
    columns = ", ".join(f"{value} as {field}" for field, value in fields.items())
    return (
        f"select {quoted(name)} as source, {quoted(content.sha256)} as sha256,"
        f" record_index, {columns} from {records.relation()}"
    )


def _table_fields(
    records: "Records", source: Source, case: str | None
) -> dict[str, str]:
    fields = {}
    for field in load_connectors()[TABLE].fields:
        column = getattr(source.columns, RENAMED.get(field, field))
        if column is not None:
            fields[field] = records.required(column)
        elif source.format == "xes" and field in XES_COLUMNS:
            fields[field] = records.optional(XES_COLUMNS[field])
        if field in source.constants:
            fields[field] = quoted(source.constants[field])
    if source.time_format:
        fields["occurred_at"] = _reformatted(fields["occurred_at"], source.time_format)
    if case is not None:
        fields["case_id"] = records.optional(case)
    if source.format == "xes":
        fields["record_key"] = records.optional("@trace")
    fields["identifiers"] = records.identifiers(source.identifiers)
    fields["attributes"] = records.attributes(source.attributes)
    return fields


def _reformatted(value: str, time_format: str) -> str:
    """Return a time in ISO form; one that does not fit the format stays as it is."""
    parsed = f"try_strptime({value}, {quoted(time_format)})"
    return f"coalesce(cast({parsed} as varchar), {value})"


class Records:
    """SQL for the values of one landed content."""

    def __init__(self, name: str, source: Source, content: LandedContent) -> None:
        self.name = name
        self.content = content
        self.null = source.null
        self.is_json = source.format == "jsonl"
        self.paths: list[str] = []

    def required(self, column: str) -> str:
        """Return the value of a declared column, or raise `SourceError`."""
        if not self.is_json and column not in self.content.columns:
            found = ", ".join(self.content.columns)
            message = (
                f"sources.{self.name}: {self.content.files[0]}: no column {column!r};"
                f" name one of: {found}"
            )
            raise SourceError(message)
        return self.value(column)

    def optional(self, column: str) -> str:
        """Return the value of a column, or null if the content has none."""
        if not self.is_json and column not in self.content.columns:
            return "cast(null as varchar)"
        return self.value(column)

    def value(self, column: str) -> str:
        """Return SQL for the value of a column, or of a path in a JSON record."""
        if self.is_json:
            path = "$" + "".join(f'."{part}"' for part in column.split("."))
            if path not in self.paths:
                self.paths.append(path)
            text = f"found[{self.paths.index(path) + 1}]"
        else:
            text = '"' + column.replace('"', '""') + '"'
        nulls = ", ".join(quoted(token) for token in self.null)
        return f"case when {text} not in ({nulls}) then {text} end" if nulls else text

    def attributes(self, names: Sequence[str]) -> str:
        """Return a JSON object of attribute to value, as text; null without any."""
        if not names:
            return "cast(null as varchar)"
        # Building a map costs ten times as much.
        pairs = ", ".join(f"{quoted(name)}, {self.required(name)}" for name in names)
        return f"cast(json_object({pairs}) as varchar)"

    def identifiers(self, columns: dict[str, str]) -> str:
        """Return `type=value` pairs joined by the unit separator, or null."""
        if not columns:
            return "cast(null as varchar)"
        pairs = ", ".join(
            f"{quoted(kind + '=')} || {self._identifier(kind, column)}"
            for kind, column in columns.items()
        )
        return f"nullif(concat_ws({SEPARATOR}, {pairs}), '')"

    def relation(self) -> str:
        """Return the relation that the values above are read from."""
        file = quoted(literal_path(str(self.content.folder / "records.parquet")))
        if not self.is_json:
            return f"read_parquet({file})"
        # All paths at once: the text is parsed once, not once per field.
        paths = ", ".join(quoted(path) for path in self.paths)
        return (
            f"(select record_index, json_extract_string(payload, [{paths}]) as found"
            f" from read_parquet({file}))"
        )

    def _identifier(self, kind: str, column: str) -> str:
        trimmed = f"nullif(trim({self.required(column)}), '')"
        # An address is the same person's however it is written.
        return f"lower({trimmed})" if kind == "email" else trimmed


def quoted(text: str) -> str:
    """Return a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """Return a path that DuckDB, which reads paths as patterns, takes as it stands."""
    return re.sub(r"([*?\[])", r"[\1]", path)
