"""What was landed under other rules of privacy: made anew without its file.

Whose file is still there is landed again. Of the others, what lies there is masked in
place; what that cannot give (tokens of another key, columns that were not kept) is
refused before anything is changed.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from journeymine.config import Config
from journeymine.errors import ConfigError, SourceError
from journeymine.ingest.formats import is_masked
from journeymine.ingest.ledger import (
    LandedContent,
    Ledger,
    read_landed,
    write_ledger,
)
from journeymine.ingest.mending import MENDED, mask_mends, mends_key, restore_mends
from journeymine.ingest.parts import Content, Part, Quarantined
from journeymine.ingest.store import (
    LOAD,
    PLACED,
    QUARANTINED,
    RECORDS,
    new_folder,
    read_content,
    told_of,
    write_json,
    write_parts,
)
from journeymine.privacy.masking import Masking
from journeymine.privacy.project import masking_of

WRITTEN = (RECORDS, PLACED, QUARANTINED, LOAD, MENDED)


def seal_landed(
    folder: Path, ledger: Ledger, masking: Masking | None, there: Callable[[], set[str]]
) -> None:
    """Bring what lies in a source's landing folder under the rules of today.

    Parameters
    ----------
    folder
        The landing folder of the source.
    ledger
        Its ledger: file names that hold an address are masked, too.
    masking
        The rules; None: nothing is masked any more.
    there
        Returns the SHA-256 of the files that are still there.

    Raises
    ------
    SourceError
        If that takes a file which is gone.
    """
    stale = [
        content
        for content in _contents(folder)
        if not is_masked(content, masking)
        # What counts no more, and has tokens already, is left as it is.
        and (content.sha256 in ledger.current or not problem(content, masking))
    ]
    if stale:
        landed_again = there()
        gone = [content for content in stale if content.sha256 not in landed_again]
        _check(folder, ledger, gone, masking)
        for content in stale:
            _check_mends(folder, content, masking)
        if masking:
            _seal(folder, ledger, gone, masking)
    for content in _contents(folder) if masking else ():
        if is_masked(content, masking):  # a killed run may not have come so far
            restore_mends(folder, content)


def read_sealed(config: Config, name: str) -> list[LandedContent]:
    """Return the contents of a source that count, in order of their SHA-256.

    Raises
    ------
    ConfigError
        If some were landed under other rules of privacy than today's.
    """
    contents = read_landed(config.output / "landing", name)
    masking = masking_of(config, name)
    if all(is_masked(content, masking) for content in contents):
        return contents
    message = (
        f"sources.{name}: was read under other settings of [privacy], or of its"
        " columns; read it again with `journeymine run`"
    )
    raise ConfigError(message)


def problem(content: Content, masking: Masking | None) -> str | None:
    """Return why a content cannot be masked without its file; None if it can."""
    if content.pseudonyms is None:
        return None
    if masking is None:
        return "what lies there in its place was pseudonymised"
    if content.pseudonyms != masking.pseudonyms:
        return "what lies there has tokens of another key, or of other rules"
    for name in masking.kept:
        if not replace(masking, kept=content.kept).keeps(name):
            return f"its {name!r} was not kept"
    return None


def _contents(folder: Path) -> list[Content]:
    loads = sorted(folder.glob(f"*/{LOAD}"))
    return [found for load in loads if (found := read_content(load.parent))]


def _check(
    folder: Path, ledger: Ledger, gone: list[Content], masking: Masking | None
) -> None:
    for content in gone:
        found = problem(content, masking)
        if found and content.sha256 in ledger.current:
            names = [
                file for file, ever in ledger.files.items() if content.sha256 in ever
            ]
            file = masking.text(names[0]) if masking else names[0]
            message = (
                f"sources.{folder.name}: {file}: is gone, and {found}; bring it back,"
                f" or remove {folder} and load what there is"
            )
            raise SourceError(message)


def _seal(folder: Path, ledger: Ledger, gone: list[Content], masking: Masking) -> None:
    """Mask in place what can be, and the names of files."""
    for content in gone:
        if not problem(content, masking):
            mask_mends(folder, content, masking)
            _rewrite(folder / content.sha256, content, masking)
    files: dict[str, list[str]] = {}
    for name, ever in ledger.files.items():
        files.setdefault(masking.text(name), []).extend(ever)
    ledger.files = files
    write_ledger(folder, ledger)


def _check_mends(folder: Path, content: Content, masking: Masking | None) -> None:
    key = mends_key(folder, content)
    if key is not None and (masking is None or key != masking.pseudonyms):
        message = (
            f"{folder}/mended/{content.sha256}.parquet: has tokens of another key;"
            " remove it, and mend its records again"
        )
        raise SourceError(message)


def _rewrite(place: Path, content: Content, masking: Masking) -> None:
    """Replace the files of a content by masked ones."""
    with new_folder(place) as folder:
        for part in write_parts(
            masking.parts(_parts(place, content), is_json=content.is_json), folder
        ):
            columns = part.rows.column_names[1:]
        for file in place.iterdir():
            if file.name not in WRITTEN:
                shutil.copy2(file, folder / file.name)
        sealed = replace(
            content,
            columns=tuple(columns),
            keys=masking.names(content.keys),
            types=masking.names_of(content.types),
            refused=content.refused and masking.text(content.refused),
            pseudonyms=masking.pseudonyms,
            kept=masking.told,
        )
        write_json(folder / LOAD, told_of(sealed))


def _parts(place: Path, content: Content) -> Iterator[Part]:
    """Yield what lies in the folder of a content as its framer yielded it."""
    with pq.ParquetFile(place / RECORDS) as file:
        empty = file.schema_arrow.empty_table()
        yield Part(empty, keys=content.keys)
        for batch in file.iter_batches():
            yield Part(pa.Table.from_batches([batch]), keys=content.keys)
    if (place / PLACED).exists():
        with pq.ParquetFile(place / PLACED) as file:
            for batch in file.iter_batches():
                yield Part(empty, places=pa.Table.from_batches([batch]))
    with pq.ParquetFile(place / QUARANTINED) as file:
        for batch in file.iter_batches():
            bad = tuple(Quarantined(**row) for row in batch.to_pylist())
            yield Part(empty, bad)
