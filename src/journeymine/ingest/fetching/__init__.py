"""Sources that are no files: what they hold is fetched into files, which are landed.

`fetch` is all that others need. `database` asks a query of PostgreSQL for what is new,
page by page; `resources` runs a resource of dlt.
"""

from collections.abc import Generator

from journeymine.config import Config
from journeymine.ingest.fetching.database import fetch_pages
from journeymine.ingest.fetching.resources import resource_files
from journeymine.ingest.files import Export
from journeymine.ingest.ledger import Ledger


def fetch(config: Config, name: str, ledger: Ledger) -> Generator[Export]:
    """Yield the files that were fetched and landed before, then the new ones.

    A file is to be landed, and in the ledger, when the next one is asked for.

    Raises
    ------
    SourceError
        If the source cannot be read, or is not as the project file says.
    """
    source = config.sources[name]
    folder = config.output / "landing" / name
    where = f"sources.{name}"
    if source.database:
        yield from fetch_pages(source.database, where, folder, ledger)
    if source.resource:
        yield from resource_files(source.resource, where, folder, config.folder, ledger)
