"""The header of a delimited file: what its columns are, or why it is refused."""

from dataclasses import dataclass

import pyarrow as pa

from journeymine.ingest.framer import Record
from journeymine.ingest.lines import LONGEST_RECORD, TOO_LONG, unreadable
from journeymine.ingest.parts import schema_of

RESERVED = "record_index"


@dataclass(frozen=True)
class Layout:
    """Columns of a delimited file.

    `width` counts the fields of a record: `columns`, then columns without a name,
    which a file may have at its end as long as nothing stands in them.
    """

    delimiter: bytes
    columns: tuple[str, ...] = ()
    width: int = 0
    refused: str | None = None

    @property
    def schema(self) -> pa.Schema:
        """The schema of good records."""
        return schema_of(list(self.columns))


def layout_of(header: Record, raw: bytes, delimiter: bytes) -> Layout:
    """Return the layout that a header states."""
    problem = unreadable(raw) or header.reason
    if len(raw) > LONGEST_RECORD:
        problem = TOO_LONG
    if problem:
        return Layout(delimiter, refused=f"header: {problem}")
    names = [field.decode() for field in header.fields]
    width = len(names)
    while names and not names[-1].strip():
        names.pop()
    problem = problem_of(names)
    if problem:
        return Layout(delimiter, refused=f"header: {problem}")
    return Layout(delimiter, tuple(names), width)


def problem_of(names: list[str]) -> str | None:
    """Return why columns cannot be told apart by their names, or None."""
    if not names:
        return "no column has a name"
    seen: set[str] = set()
    for position, name in enumerate(names, start=1):
        if not name.strip():
            return f"column {position} has no name"
        # DuckDB, which reads the landed columns, does not tell case apart.
        if name.lower() in seen:
            return f"two columns are named {name!r}"
        if name.lower() == RESERVED:
            return f"a column is named {name!r}, which is reserved"
        seen.add(name.lower())
    return None
