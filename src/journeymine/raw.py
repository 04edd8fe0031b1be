"""Landed records as `raw_...` views, one per table of a connector: declared fields.

The fields are still text. What a project, or an exporter, calls its columns ends here;
`records.py` makes SQL of it.
"""

import duckdb

from journeymine.config import Config
from journeymine.config_sources import Source
from journeymine.connectors import (
    TABLE,
    Table,
    load_connectors,
    table_of,
    used_connectors,
)
from journeymine.errors import SourceError
from journeymine.ingest import LandedContent
from journeymine.records import Records, has_good, identifier_pairs, quoted
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

OCEL_COLUMNS = {
    "event_id": "ocel:id",
    "activity": "ocel:type",
    "occurred_at": "ocel:time",
}
"""Where a log in OCEL has a field, if the project file does not say."""

STANDARD_COLUMNS = {"xes": XES_COLUMNS, "ocel": OCEL_COLUMNS}

FRAMED = {"@trace", "@position", "ocel:relations"}
"""What the framers of event logs add, and no attribute is unless it is named."""

NOTHING = "cast(null as varchar)"

Landed = dict[str, list[LandedContent]]


def create_raw_views(
    con: duckdb.DuckDBPyConnection, config: Config, landed: Landed
) -> None:
    """Create the views of all tables of connectors in use, empty if no source is one.

    Raises
    ------
    SourceError
        If a file lacks a column that its source declares.
    """
    selects = {
        table.view: [no_records(table)]
        for name in used_connectors(config.sources)
        for table in load_connectors()[name].tables.values()
    }
    for name, source in config.sources.items():
        selects[table_of(name, source).view] += [
            _select(config, name, content)
            for content in landed[name]
            if has_good(content)
        ]
    for view, parts in selects.items():
        union = "\nunion all by name\n".join(parts)
        con.execute(f"create or replace view {view} as\n{union}")


def no_records(table: Table) -> str:
    """Return a select without rows that gives the view its columns and types."""
    texts = ["source", "account", "sha256", *table.fields, "identifiers"]
    further = ["case_id", "record_key", "attributes"]
    texts += further if table.is_open else ["extra"]
    columns = ", ".join(f"cast(null as varchar) as {name}" for name in texts)
    return f"select {columns}, cast(null as bigint) as record_index where false"


def _select(config: Config, name: str, content: LandedContent) -> str:
    """Return a select over one landed content, its fields renamed."""
    source = config.sources[name]
    table = table_of(name, source)
    records = Records(name, source, content)
    if table.is_open:
        fields = _named_fields(records, source, config.journey.case)
    else:
        fields = _known_fields(records, source, table)
    columns = ", ".join(f"{value} as {field}" for field, value in fields.items())
    account = name.partition(".")[0]
    return (
        f"select {quoted(name)} as source, {quoted(account)} as account,"
        f" {quoted(content.sha256)} as sha256, record_index, {columns}"
        f" from {records.relation()}"
    )


def _known_fields(records: Records, source: Source, table: Table) -> dict[str, str]:
    """Return SQL for the fields of a connector's table."""
    fields = {
        field: _first_filled(records, table.columns_of(field, records.content))
        for field in table.fields
    }
    for field in table.required:
        if fields[field] == NOTHING:
            raise SourceError(_missing(records, table, field))
    known = {
        kind: [fields[field] for field in named]
        for kind, named in table.identifiers.items()
    }
    # The project file may know more: a survey's hidden field, the number of an order.
    for kind, columns in source.identifiers.items():
        known[kind] = [*known.get(kind, []), *map(records.required, columns)]
    fields["identifiers"] = identifier_pairs(known)
    for field in table.times:
        # Loaders leave blanks where there is no time.
        filled = f"nullif(trim({fields[field]}), '')"
        fields[field] = written_time(filled, source, table.time_unit)
    fields["extra"] = records.attributes(source.attributes)
    return fields


def _first_filled(records: Records, columns: list[str]) -> str:
    values = [records.value(column) for column in columns]
    if not values:
        return NOTHING
    return values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"


def _missing(records: Records, table: Table, field: str) -> str:
    wanted = " or ".join(repr(column) for column in table.fields[field])
    return (
        f"sources.{records.name}: {records.content.files[0]}: no column {wanted};"
        f" is it an export of {table.title[0].lower()}{table.title[1:]}?"
    )


def _named_fields(records: Records, source: Source, case: str | None) -> dict[str, str]:
    """Return SQL for the fields of a table whose columns the project file names."""
    fields = {}
    standard = STANDARD_COLUMNS.get(source.format or "", {})
    for field in load_connectors()[TABLE].tables[""].fields:
        column = getattr(source.columns, RENAMED.get(field, field))
        if column is not None:
            fields[field] = records.required(column)
        elif field in standard:
            fields[field] = records.optional(standard[field])
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
    """Return the attributes to keep: of event logs, if none are named, all."""
    if not source.is_event_log:
        return source.attributes
    if source.attributes:
        kinds = [name for name in records.content.columns if name == "@kinds"]
        return (*source.attributes, *kinds)
    standard = STANDARD_COLUMNS[source.format or ""]
    named = {**standard, **source.columns.model_dump(exclude_none=True)}
    taken = FRAMED | set(named.values())
    return tuple(name for name in records.content.columns if name not in taken)
