"""Pages of a query: which ones were landed, how far they reach, what they hold.

A page is landed like a file, under the name `postgres/<question>/<number>`. Beside the
contents of its source lies a note of it, with the fingerprints of its rows and its
mark: the greatest cursor in it. A note is written before its page is landed, and
counts once the ledger has the page: so what was fetched is never thought to be more
than what was landed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.errors import SourceError
from journeymine.ingest.fetching.questions import Question
from journeymine.ingest.files import Export
from journeymine.ingest.ledger import Ledger
from journeymine.ingest.store import TEMPORARY, write_table

ROWS, BYTES = 1_000_000, 64 << 20
"""A page ends with the row by which it has so many, or so many bytes."""

NOTES = "fetched"
MARK, UNMARKED = b"mark", b"unmarked"


class Pages:
    """The pages of one question that the ledger of a source has."""

    def __init__(self, folder: Path, ledger: Ledger, question: Question) -> None:
        self.folder = folder
        self.prefix = f"postgres/{_digest(question)}/"
        self.files = sorted(one for one in ledger.files if one.startswith(self.prefix))

    def marks(self) -> list[str | None]:
        """Return the greatest cursor of each page; None if all of them are null."""
        found = [self._noted(file).get(MARK) for file in self.files]
        return [mark if mark is None else mark.decode() for mark in found]

    def notes(self, places: Iterable[int]) -> list[Path]:
        """Return the notes of some pages, and of all that hold a null cursor."""
        named = set(places)
        return [
            self._note(file)
            for place, file in enumerate(self.files)
            if place in named or UNMARKED in self._noted(file)
        ]

    @contextmanager
    def written(
        self, number: int, rows: pa.Table, cursor: str | None
    ) -> Iterator[Export]:
        """Write a page, and its note, to be landed.

        Parameters
        ----------
        number
            Its number, from 1.
        rows
            As `Texts.unseen` returns them.
        cursor
            The column that grows; None if pages are replaced, and need no notes.
        """
        file = f"{self.prefix}{number:06}"
        *names, _ = rows.column_names
        path = self.folder / f"{TEMPORARY}page.parquet"
        values = rows.select(range(len(names)))
        pq.write_table(values, path, compression="zstd", compression_level=1)
        if cursor is not None:
            note = rows.select([len(names)])
            (self.folder / NOTES).mkdir(mode=0o700, exist_ok=True)
            reach = _reach(rows.column(names.index(cursor)))
            write_table(self._note(file), note.replace_schema_metadata(reach))
        try:
            yield Export(file, path)
        finally:
            path.unlink()

    def _note(self, file: str) -> Path:
        return self.folder / NOTES / f"{file.replace('/', '-')}.parquet"

    def _noted(self, file: str) -> dict[bytes, bytes]:
        try:
            return dict(pq.read_metadata(self._note(file)).metadata or {})
        except (OSError, pa.ArrowException) as error:
            message = (
                f"{self._note(file)}: is missing or damaged; remove the folder"
                f" {self.folder}: the next run fetches all of it again"
            )
            raise SourceError(message) from error


def cut(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the same rows in pages; none is empty."""
    held: list[pa.Table] = []
    rows = size = 0
    for table in tables:
        rest = table
        while rest.num_rows:
            piece, rest = rest.slice(0, ROWS - rows), rest.slice(ROWS - rows)
            held.append(piece)
            rows, size = rows + piece.num_rows, size + piece.nbytes
            if rows == ROWS or size >= BYTES:
                yield pa.concat_tables(held)
                held, rows, size = [], 0, 0
    if held:
        yield pa.concat_tables(held)


def _reach(cursors: pa.ChunkedArray) -> dict[bytes, bytes]:
    """Return the mark of a page, and whether it holds a null cursor."""
    marks = pc.drop_null(cursors)  # in order, as the database compares them
    mark = {MARK: marks[-1].as_py().encode()} if len(marks) else {}
    return mark | ({UNMARKED: b""} if len(marks) < len(cursors) else {})


def _digest(question: Question) -> str:
    """Return what tells a question from others: all of it but how it is read."""
    database = question.database
    told = [
        database.connection,
        database.table,
        database.query,
        database.key,
        database.cursor,
        question.cursor_type,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
