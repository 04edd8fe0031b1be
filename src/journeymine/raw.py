"""Landed records as `raw_<connector>` views: declared fields, still text.

What a project calls its columns ends here; `records.py` makes SQL of it.
"""

import duckdb

from journeymine.config import Config
from journeymine.config_sources import Source
from journeymine.connectors import (
    TABLE,
    Connector,
    connector_of,
    load_connectors,
)
from journeymine.ingest import LandedContent
from journeymine.records import Records, has_good, quoted
from journeymine.times import written_time

RENAMED = {"source_order": "order", "session_key": "session_id"}
"""Fields of raw_table whose setting under `columns` has another name."""

XES_COLUMNS = {
    "activity": "concept:name",
    "occurred_at": "time:timestamp",
    "source_order": "@position",
    "lifecycle": "lifecycle:transition",
    "instance": "concept:instance",
    "resource": "org:resource",
}
"""Where the XES standard keeps a field, if the project file does not say."""

XES_PLACES = {"@trace", "@position"}
"""What the framer of XES adds, and no attribute is."""

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
                    if has_good(content)
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
            field: (
                records.required(column)
                if column in connector.required
                else records.optional(column)
            )
            for field, column in connector.fields.items()
        }
        for field in connector.times:
            fields[field] = written_time(fields[field], source, connector.time_unit)
        fields["extra"] = records.attributes(source.attributes)
    columns = ", ".join(f"{value} as {field}" for field, value in fields.items())
    return (
        f"select {quoted(name)} as source, {quoted(content.sha256)} as sha256,"
        f" record_index, {columns} from {records.relation()}"
    )


def _table_fields(records: Records, source: Source, case: str | None) -> dict[str, str]:
    fields = {}
    for field in load_connectors()[TABLE].fields:
        column = getattr(source.columns, RENAMED.get(field, field))
        if column is not None:
            fields[field] = records.required(column)
        elif source.format == "xes" and field in XES_COLUMNS:
            fields[field] = records.optional(XES_COLUMNS[field])
        if field in source.constants:
            fields[field] = quoted(source.constants[field])
    fields["occurred_at"] = written_time(fields["occurred_at"], source)
    if case is not None:
        fields["case_id"] = records.optional(case)
    if source.format == "xes":
        fields["record_key"] = records.optional("@trace")
    fields["identifiers"] = records.identifiers(source.identifiers)
    fields["attributes"] = records.attributes(_attributes(records, source))
    return fields


def _attributes(records: Records, source: Source) -> tuple[str, ...]:
    """Return the attributes to keep: of XES, if none are named, all there are."""
    if source.format != "xes":
        return source.attributes
    if source.attributes:
        kinds = [name for name in records.content.columns if name == "@kinds"]
        return (*source.attributes, *kinds)
    named = {**XES_COLUMNS, **source.columns.model_dump(exclude_none=True)}
    taken = XES_PLACES | set(named.values())
    return tuple(name for name in records.content.columns if name not in taken)
