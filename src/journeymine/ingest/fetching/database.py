"""Fetch what is new in a database, page by page, each of them landed before the next.

A fetch begins a little below the greatest cursor that was ever seen, and leaves out
the rows that were fetched before just as they are now. So it does not matter where the
last one ended, or broke off: no row is lost, and none is doubled.
"""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from journeymine.config_databases import Database
from journeymine.ingest.fetching.pages import Pages, cut
from journeymine.ingest.fetching.postgres import snapshot
from journeymine.ingest.fetching.questions import question_of
from journeymine.ingest.fetching.texts import texts
from journeymine.ingest.files import Export
from journeymine.ingest.ledger import Ledger
from journeymine.ingest.store import TEMPORARY


def fetch_pages(
    database: Database, source: str, folder: Path, ledger: Ledger
) -> Generator[Export]:
    """Yield the pages that are landed already, then the new ones.

    All rows are of one moment.

    Parameters
    ----------
    database
        What is asked of which database.
    source
        The source, for errors.
    folder
        Its landing folder, whose lock is held.
    ledger
        Its ledger.

    Raises
    ------
    SourceError
        If the database cannot be read, or the query is not as it is said to be.
    """
    where = f"{source}: database"
    with snapshot(where, database.connection) as cursor:
        question = question_of(cursor, database, where)
        pages = Pages(folder, ledger, question)
        is_added = database.cursor is not None
        low, seen = None, []
        if is_added and pages.files:
            yield from (Export(file, None) for file in pages.files)
            low, places = question.start(cursor, pages.marks())
            seen = pages.notes(places)
        first = len(pages.files) + 1 if is_added else 1
        names = [column.name for column in question.columns]
        spill = folder / f"{TEMPORARY}spill"
        with (
            texts(spill, names, seen) as made,
            closing(question.rows(cursor, low)) as batches,
        ):
            rows = map(made.unseen, batches)
            for number, page in enumerate(cut(rows), start=first):
                with pages.written(number, page, database.cursor) as export:
                    yield export
