"""What the values of a file look like: a type for each column, found by trying."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

import pyarrow as pa

ROWS = 1_000
"""Records that are looked at, the first ones: few are enough to tell a drift."""

NOTHING = frozenset({"", "-", "n/a", "na", "nan", "none", "null", r"\n"})
"""How exports write, whatever the type of a column, that there is no value."""

# An integer that begins with a zero is a code: 00123 is another one than 123.
_NUMBER = re.compile(r"[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII)
_TIME = re.compile(
    r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})"
    r"([t ]([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
    r"(\s*[a-z][\w/+-]*|[+-]\d\d(:?\d\d)?)?)?",
    re.ASCII,
)


def types_of(rows: pa.Table, payload: bool) -> dict[str, str]:
    """Return the type that all values of a column have, for each column.

    Parameters
    ----------
    rows
        Good records, as in `Part.rows`; the first `ROWS` of them are looked at.
    payload
        Whether they are JSON objects: then the keys of these are the columns.

    Returns
    -------
    dict
        Column to `boolean`, `number`, `time` (a date or more, as in ISO 8601), `text`,
        or `empty` where there is no value.
    """
    # No database: to open one costs more than to look at all of the values.
    head = rows.slice(0, ROWS)
    kinds: dict[str, set[str]] = {}
    if payload:
        for name, value in _entries(head["payload"].to_pylist()):
            kinds.setdefault(name, set()).add(_kind(value))
    else:
        for name in head.column_names[1:]:
            kinds[name] = _kinds(head[name].to_pylist())
    return {name: _common(found - {"empty"}) for name, found in kinds.items()}


def _kinds(values: Iterable[str | None]) -> set[str]:
    kinds: set[str] = set()
    for value in values:
        kinds.add(_kind(value))
        if "text" in kinds:
            break  # whatever follows, the column is text
    return kinds


def _common(kinds: set[str]) -> str:
    if not kinds:
        return "empty"
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind(value: str | None) -> str:
    text = (value or "").strip().lower()
    if text in NOTHING:
        return "empty"
    if text in ("true", "false"):
        return "boolean"
    if _NUMBER.fullmatch(text):
        return "number"
    return "time" if _is_time(text) else "text"


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    try:
        return bool(match and date(int(match[1]), int(match[3]), int(match[4])))
    except ValueError:
        return False


def _entries(payloads: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the top-level keys of JSON objects, each with its value as text."""
    for payload in payloads:
        for name, value in json.loads(payload, parse_int=str, parse_float=str).items():
            if isinstance(value, bool):
                yield name, str(value)
            else:
                # An array or object is text, whatever it holds.
                yield name, value if isinstance(value, str | None) else "{}"
