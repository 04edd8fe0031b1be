"""What the columns of a delimited file are, or why its header is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyarrow as pa

from journeymine.config_dialect import Dialect
from journeymine.ingest.framer import Record
from journeymine.ingest.lines import LONGEST_RECORD, TOO_LONG, unreadable
from journeymine.ingest.parts import schema_of

RESERVED = "record_index"
ANY_ANSWER = {"", "Response", "Open-Ended Response"}
"""What stands below a question that has no choices."""

HeaderRow = tuple[Record, bytes]  # as it was framed, and its bytes


@dataclass(frozen=True)
class Layout:
    """Columns of a delimited file.

    `width` counts the fields of a record: `columns`, then columns without a name,
    which a file may have at its end as long as nothing stands in them. Without `quote`
    a quote is a character like others.
    """

    delimiter: bytes
    columns: tuple[str, ...] = ()
    width: int = 0
    refused: str | None = None
    quote: bool = True

    @property
    def schema(self) -> pa.Schema:
        """The schema of good records."""
        return schema_of(list(self.columns))


def layout_of(rows: list[HeaderRow], delimiter: bytes, dialect: Dialect) -> Layout:
    """Return the layout that a dialect, or else the rows of a header, states.

    A text may end before its header does, and without rows there are no columns.
    """
    layout = Layout(delimiter, quote=dialect.quote)
    if not (rows or dialect.header):
        return layout
    problem = next(filter(None, map(_problem_with_row, rows)), None)
    if not problem and len({len(record.fields) for record, _ in rows}) > 1:
        problem = "its rows are not of one width"
    if problem:
        return replace(layout, refused=f"header: {problem}")
    first, *further = [_texts(record) for record, _ in rows] or [[*dialect.header]]
    names, width = _named(first), len(first)
    if dialect.header_names == "joined" and further:
        names = _joined(first, further[0])
    problem = problem_of(names)
    if problem:
        return replace(layout, refused=f"header: {problem}")
    return replace(layout, columns=tuple(names), width=width)


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


def free_names(names: Iterable[str], taken: Iterable[str] = (RESERVED,)) -> list[str]:
    """Return names, with ` (2)`, ` (3)` behind those that others have by then.

    DuckDB does not tell case apart.
    """
    seen = {name.lower() for name in taken}
    found = []
    for name in names:
        free, number = name, 2
        while free.lower() in seen:
            free, number = f"{name} ({number})", number + 1
        seen.add(free.lower())
        found.append(free)
    return found


def _problem_with_row(row: HeaderRow) -> str | None:
    record, raw = row
    return TOO_LONG if len(raw) > LONGEST_RECORD else unreadable(raw) or record.reason


def _texts(record: Record) -> list[str]:
    return [field.decode() for field in record.fields]


def _named(names: list[str]) -> list[str]:
    """Return names without the empty ones at their end."""
    width = len(names)
    while width and not names[width - 1].strip():
        width -= 1
    return names[:width]


def _joined(questions: list[str], choices: list[str]) -> list[str]:
    """Return `question / choice` of each column; a question holds until the next."""
    joined, question = [], ""
    for asked, choice in zip(questions, choices, strict=True):
        question = asked if asked.strip() else question
        is_open = choice.strip() in ANY_ANSWER
        parts = [question, "" if is_open else choice]
        joined.append(" / ".join(filter(str.strip, parts)))
    named = _named([one + other for one, other in zip(questions, choices, strict=True)])
    return free_names(joined[: len(named)])
