"""Files that readers are known to lose rows of, each with what must come of it.

The good file has 100 rows. `accepted` and `set_aside` are counted in records,
`refused` is what the error line of a file says that cannot be read at all.
"""

import gzip
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ROWS = 100
HEADER = "event_id,customer,at,what,amount"
LINES = [f"e{n},c{n % 7},2024-01-01T10:{n % 60:02}:00Z,view,{n}.5" for n in range(ROWS)]
CSV = "\n".join([HEADER, *LINES, ""])
OBJECTS = [
    {"event_id": f"e{n}", "customer": f"c{n % 7}", "at": "2024-01-01", "what": "view"}
    for n in range(ROWS)
]
JSON_LINES = [json.dumps(record) for record in OBJECTS]
MANY = 30_100


@dataclass(frozen=True)
class Case:
    """One file, and what must come of it."""

    name: str
    content: bytes
    accepted: int = ROWS
    set_aside: dict[str, int] = field(default_factory=dict)
    refused: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)


def csv(*changes: tuple[int, str], rows: list[str] = LINES, end: str = "\n") -> bytes:
    """Return the good file with some of its rows (from 0) replaced."""
    lines = list(rows)
    for place, line in changes:
        lines[place] = line
    return ("\n".join([HEADER, *lines]) + end).encode()


def json_lines(*changes: tuple[int, str], end: str = "\n") -> bytes:
    """Return the good objects with some of their lines (from 0) replaced."""
    lines = list(JSON_LINES)
    for place, line in changes:
        lines[place] = line
    return ("\n".join(lines) + end).encode()


def csv_cases() -> Iterator[Case]:
    """Yield files of comma separated values."""
    yield from _broken_rows()
    yield from _broken_quotes()
    yield from _other_columns()
    yield from _other_bytes()
    yield from _compressed()


def _broken_rows() -> Iterator[Case]:
    many = [f"e{n},c,2024-01-01,view,1" for n in range(MANY)]
    yield Case(
        "one field too many", csv((50, LINES[50] + ",x")), 99, {"too many fields": 1}
    )
    yield Case("one field too few", csv((50, "e50,c1")), 99, {"too few fields": 1})
    yield Case(
        "a truncated last line",
        csv((99, "e99,c1,20"), end=""),
        99,
        {"too few fields": 1},
    )
    yield Case("a value of another type", csv((50, "e50,c1,2024-01-01,view,much")))
    yield Case(
        "short rows beside quoted line ends",
        csv((3, '"e\n3",c1,2024-01-01,view,1'), (50, "e50")),
        99,
        {"too few fields": 1},
    )
    yield Case(
        "a hundred bad rows among thousands",
        csv(*((n * 300, "x") for n in range(100)), rows=many),
        MANY - 100,
        {"too few fields": 100},
    )
    yield Case(
        "a bad value in a column that nobody asks for",
        csv((50, "e50,c1,2024-01-01,view,1,2,3")),
        99,
        {"too many fields": 1},
    )
    yield Case(
        "a delimiter that changes half-way",
        csv(*((n, LINES[n].replace(",", ";")) for n in range(50, 100))),
        50,
        {"too few fields": 50},
    )
    yield Case(
        "LF and CRLF mixed", csv(*((n, LINES[n] + "\r") for n in range(0, 100, 2)))
    )
    yield Case("blank lines", csv((50, f"\n\r\n{LINES[50]}\n")))
    yield Case("a delimiter at the end of each line", CSV.replace("\n", ",\n").encode())
    yield Case("lone carriage returns", csv((50, LINES[50].replace("view", "a\rb"))))


def _broken_quotes() -> Iterator[Case]:
    many = [f"e{n},c,2024-01-01,view,1" for n in range(MANY)]
    yield Case(
        "a quote that does not end",
        csv((50, 'e50,"oops,2024-01-01,view,1')),
        99,
        {"unterminated quote": 1},
    )
    yield Case(
        "a quote that does not end after 30,000 rows",
        csv((30_000, 'e,"oops,2024-01-01,view,1'), rows=many),
        MANY - 1,
        {"unterminated quote": 1},
    )
    yield Case(
        "text after a closing quote",
        csv((50, 'e50,"c"x,2024-01-01,view,1')),
        99,
        {"text after a closing quote": 1},
    )
    yield Case("a quoted line end", csv((50, 'e50,"c\nd",2024-01-01,view,1')))
    yield Case("doubled quotes", csv((50, 'e50,"c""d""",2024-01-01,view,1')))
    yield Case("a quote inside a field", csv((50, 'e50,5" disc,2024-01-01,view,1')))


def _other_columns() -> Iterator[Case]:
    reordered = [",".join(reversed(line.split(","))) for line in (HEADER, *LINES)]
    yield Case("columns in another order", "\n".join(reordered).encode())
    yield Case(
        "a preamble of two lines",
        b"Export\n2024\n" + csv(),
        refused="no column 'at'",
    )
    yield Case("no header", csv()[len(HEADER) + 1 :], 99, refused="no column 'at'")
    yield Case(
        "a renamed column",
        CSV.replace("at,", "when,", 1).encode(),
        refused="no column 'at'",
    )
    yield Case(
        "two columns of one name",
        CSV.replace("amount", "what", 1).encode(),
        0,
        {"header: two columns are named 'what'": 100},
    )
    yield Case(
        "identifiers that a spreadsheet has rounded",
        csv(*((n, LINES[n].replace("c", "1.23457E+18;", 1)) for n in range(100))),
    )
    yield Case("an empty file", b"", 0)
    yield Case("nothing but a header", f"{HEADER}\n".encode(), 0)


def _other_bytes() -> Iterator[Case]:
    latin = csv((50, "e50,caf\xe9,2024-01-01,view,1")).decode().encode("latin-1")
    euro = csv((50, "e50,\u20ac,2024-01-01,view,1")).decode().encode("windows-1252")
    yield Case("bytes that are no UTF-8", latin, 99, {"not valid UTF-8": 1})
    yield Case("Latin-1", latin, settings={"encoding": "latin-1"})
    yield Case("Windows-1252", euro, settings={"encoding": "windows-1252"})
    yield Case("UTF-16 read as UTF-8", CSV.encode("utf-16"), refused="utf-16")
    yield Case("a byte order mark", b"\xef\xbb\xbf" + csv())
    yield Case("a NUL byte", csv((50, "e50,\0,2024-01-01,view,1")), 99, {"NUL byte": 1})
    yield Case(
        "a field of three megabytes",
        csv((50, f"e50,{'c' * 3_000_000},2024-01-01,view,1")),
    )


def _compressed() -> Iterator[Case]:
    whole = gzip.compress(csv(), mtime=0)
    size, crc = whole[-4:], whole[-8:-4]
    two = gzip.compress(csv()[:1000], mtime=0) + gzip.compress(csv()[1000:], mtime=0)
    yield Case("a truncated gzip", whole[:-20], refused="truncated")
    yield Case(
        "a gzip of the wrong length",
        whole[:-4] + struct.pack("<I", 1),
        refused="broken",
    )
    yield Case(
        "a gzip of the wrong checksum",
        whole[:-8] + bytes(b ^ 1 for b in crc) + size,
        refused="broken",
    )
    yield Case("a gzip of two members", two)


def json_cases() -> Iterator[Case]:
    """Yield files of JSON lines."""
    yield from _json_lines()
    yield from _json_values()
    yield from _json_bytes()


def _json_lines() -> Iterator[Case]:
    bad = {"not valid JSON": 1}
    pretty = json.dumps(OBJECTS[50], indent=1)
    yield Case("a broken object", json_lines((50, '{"event_id": ')), 99, bad)
    yield Case(
        "a truncated last object",
        json_lines((99, JSON_LINES[99][:20]), end=""),
        99,
        bad,
    )
    yield Case(
        "two objects on a line",
        json_lines((50, JSON_LINES[50] * 2)),
        99,
        {"more than one JSON value on the line": 1},
    )
    yield Case(
        "an object over several lines",
        json_lines((50, pretty)),
        99,
        {"": pretty.count("\n") + 1},
    )
    yield Case("blank lines", json_lines((50, f"\n \n{JSON_LINES[50]}\r\n")))
    yield Case("CRLF", json_lines().replace(b"\n", b"\r\n"))
    yield Case("an array", json_lines((50, "[1]")), 99, {"not a JSON object": 1})
    yield Case("a number", json_lines((50, "1")), 99, {"not a JSON object": 1})
    yield Case("an empty file", b"", 0)


def _json_values() -> Iterator[Case]:
    def changed(more: str) -> bytes:
        return json_lines((99, JSON_LINES[99][:-1] + more + "}"))

    yield Case("a later value of another type", changed(', "amount": [1]'))
    yield Case("a later key", changed(', "late": 1'))
    yield Case("a key in another case", changed(', "Customer": "c"'))
    yield Case(
        "an integer of twenty digits", changed(', "amount": 12345678901234567890')
    )
    yield Case(
        "further keys everywhere",
        b"".join(
            line.replace(b"{", b'{"x": 1, ')
            for line in json_lines().splitlines(keepends=True)
        ),
    )
    yield Case("a trailing comma", changed(","), 99, {"not valid JSON": 1})
    yield Case(
        "a number that is none", changed(', "amount": NaN'), 99, {"not valid JSON": 1}
    )
    yield Case("a key twice", changed(', "event_id": "x"'), 99, {"key repeated": 1})
    yield Case(
        "deep nesting",
        changed(f', "x": {"[" * 5000}{"]" * 5000}'),
        99,
        {"JSON nested too deeply": 1},
    )


def _json_bytes() -> Iterator[Case]:
    yield Case(
        "bytes that are no UTF-8",
        json_lines((50, "@")).replace(b"@", b'{"what": "\xe9"}'),
        99,
        {"not valid UTF-8": 1},
    )
    yield Case("a byte order mark", b"\xef\xbb\xbf" + json_lines())
    yield Case("a NUL byte", json_lines((50, '{"what": "\0"}')), 99, {"NUL byte": 1})
    yield Case(
        "UTF-16",
        json_lines().decode().encode("utf-16"),
        settings={"encoding": "utf-16"},
    )
    yield Case(
        "an object of ten megabytes",
        json_lines((50, json.dumps({"what": "x" * 10_000_000}))),
        99,
        {"record longer than 8 MiB": 1},
    )
