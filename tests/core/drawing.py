"""Drawn tables: a drawing as columns, and columns as typed SQL."""

from collections.abc import Sequence

import duckdb

from journeymine.models import load_models

DEFAULTS = {
    # Columns that a drawing may leave out. `place` is the place of the row, from 1.
    "stg_events": {
        "event_id": "printf('e%06d', place)",
        "source": "'web'",
        "source_system": "'web'",
        "sha256": "'file'",
        "record_index": "place",
        "channel": "'web'",
        "is_customer": "true",
        "currency": "'EUR'",
    },
    "raw_contacts": {"source": "'crm'", "sha256": "'file'", "record_index": "place"},
}
RAW = {"source": "'web'", "sha256": "'file'", "record_index": "place"}
"""The same of all records, those of contacts aside."""

TYPES = {
    "_at": "timestamptz",
    "_us": "bigint",
    "_code": "bigint",
    "_index": "bigint",
    "_number": "bigint",
    "_event": "bigint",
    "_position": "bigint",
    "is_": "boolean",
    "source_order": "bigint",
    "amount": "decimal(18, 4)",
}


def cells(drawing: str) -> dict[str, list[str | None]]:
    """Split a drawn table into columns; an empty cell is null."""
    header, *body = (
        [cell.strip() or None for cell in line.split("|")]
        for line in drawing.strip().splitlines()
    )
    return {
        str(name): [row[place] for row in body] for place, name in enumerate(header)
    }


def selected(con: duckdb.DuckDBPyConnection, table: str, drawn: Sequence[str]) -> str:
    """Return the columns of a table: drawn ones typed, others by default, else null."""
    columns = _columns(con, table) or {name: _type(name) for name in drawn}
    values = {**dict.fromkeys(columns, "null"), **_defaults(table)}
    values |= {name: f'drawn."{name}"' for name in drawn if name in columns}
    if "customer" in drawn:
        values["identifiers"] = "'user_id=' || customer"
    elif "identifiers" in drawn:
        values["identifiers"] = "replace(identifiers, ', ', chr(31))"
    further = [name for name in drawn if name not in {*columns, "customer"}]
    if further:
        pairs = ", ".join(f"'{name}', \"{name}\"" for name in further)
        values["attributes"] = f"json_object({pairs})"
    return ", ".join(
        f"cast({values[name].replace('drawn.', '')} as {kind}) as {name}"
        for name, kind in columns.items()
    )


def _defaults(table: str) -> dict[str, str]:
    return DEFAULTS.get(table, RAW if table.startswith("raw_") else {})


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return all columns of a model, or of what stands empty, and their types."""
    if table == "stg_events":
        table = "stg_table__events"
    if table in load_models():
        return {name: _type(name) for name in load_models()[table].columns}
    found = con.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_name = ? order by ordinal_position",
        [table],
    ).fetchall()
    return {str(name): str(kind) for name, kind in found}


def _type(column: str) -> str:
    if column == "record_index":
        return "bigint"
    for part, kind in TYPES.items():
        if column.startswith(part) or column.endswith(part):
            return kind
    return "varchar"
