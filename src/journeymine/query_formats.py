"""The rows of an answer as a table for people, as JSON, or as CSV."""

import csv
import json
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Literal, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from journeymine.query import Answer
from journeymine.warehouse import Row

WIDE = 10_000
"""Columns of text where no terminal sets a width: a row stays one line."""


def print_table(answer: Answer, out: TextIO, limit: int) -> None:
    """Print the first rows as a table, and whether there are more; 0 prints all.

    Where a terminal is too narrow for the table, each row is a block of lines.
    """
    rows = [[shown(value) for value in row] for row in _first(answer, limit)]
    console = Console(file=out, width=None if out.isatty() else WIDE, highlight=False)
    table = _table(answer, rows)
    unbounded = console.options.update_width(WIDE)
    if Measurement.get(console, unbounded, table).minimum > console.width:
        for number, row in enumerate(rows, start=1):
            console.rule(Text(f"row {number}"), align="left")
            console.print(_block(answer.columns, row))
    elif answer.columns:
        console.print(table)
    if limit and next(answer.rows, None) is not None:
        out.write(f"... and more than these {len(rows):,}; --limit 0 prints all\n")


def _table(answer: Answer, rows: list[list[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, kind in zip(answer.columns, answer.types, strict=True):
        is_number = kind in NUMBERS or kind.startswith("DECIMAL")
        side: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(Text(printable(name)), justify=side, no_wrap=is_number)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _block(columns: list[str], row: list[str]) -> Table:
    block = Table.grid(padding=(0, 2))
    for name, value in zip(columns, row, strict=True):
        block.add_row(Text(printable(name)), Text(value))
    return block


def print_json(answer: Answer, out: TextIO, limit: int) -> None:
    """Print a list of objects, one row a line; times in UTC, unknown values null."""
    lead = "["
    for row in _first(answer, limit):
        record = {
            name: _plain(value) for name, value in zip(answer.columns, row, strict=True)
        }
        out.write(f"{lead}{json.dumps(record, ensure_ascii=False, default=str)}")
        lead = ",\n "
    out.write("[]\n" if lead == "[" else "]\n")


def print_csv(answer: Answer, out: TextIO, limit: int) -> None:
    """Print CSV (RFC 4180), with formulas defused: see `defused`."""
    writer = csv.writer(out)
    writer.writerow([defused(name) for name in answer.columns])
    for row in _first(answer, limit):
        writer.writerow([_cell(value) for value in row])


def defused(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    What one would calculate gets an apostrophe in front, which it does not show.
    """
    return (
        f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
    )


def printable(text: str) -> str:
    """Return text whose control characters cannot steer a terminal."""
    return "".join(
        char
        if char.isprintable() or char == "\n"
        else char.encode("unicode_escape").decode()
        for char in text
    )


FORMATS: dict[str, Callable[[Answer, TextIO, int], None]] = {
    "table": print_table,
    "json": print_json,
    "csv": print_csv,
}

NUMBERS = {
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
}


def _first(answer: Answer, limit: int) -> Iterator[Row]:
    return islice(answer.rows, limit or None)


def _cell(value: object) -> object:
    plain = _plain(value)
    if isinstance(plain, (list, dict)):
        plain = json.dumps(plain, ensure_ascii=False, default=str)
    return defused(plain) if isinstance(plain, str) else plain


def shown(value: object) -> str:
    """Return a value as a table for people shows it; empty for null."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, float):
        return f"{plain:.0f}" if plain.is_integer() else f"{plain:.6g}"
    if isinstance(plain, (list, dict)):
        return printable(json.dumps(plain, ensure_ascii=False, default=str))
    return printable(str(plain))


def _plain(value: object) -> object:
    """Return a value of DuckDB as one that JSON knows."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    return value
