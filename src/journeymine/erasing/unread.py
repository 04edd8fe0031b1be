"""Find erased persons where no staging model tells whose a record is: word by word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from journeymine.erasing.needles import is_telling
from journeymine.erasing.register import Register, words_of
from journeymine.ingest.ledger import Ledger
from journeymine.ingest.mending import MENDED
from journeymine.ingest.store import QUARANTINED, RECORDS

MASK = "erased"


def unread_records(folder: Path, register: Register, *, is_staged: bool) -> list[int]:
    """Return the records of a content that name an erased person in some word.

    Of a content that was staged, only bytes that are no record are looked through.
    """
    words = {entry.word for entry in register.entries}
    return [
        index
        for index, texts in _texts(folder, is_staged=is_staged)
        if any(register.hashed(w) in words for text in texts for w in words_of(text))
    ]


def nameless(ledger: Ledger, register: Register) -> Ledger:
    """Return a ledger whose file names hold no identifier of an erased person."""
    words = {entry.word for entry in register.entries}
    files: dict[str, list[str]] = {}
    for name, contents in ledger.files.items():
        shown = name
        for word in _words_of_name(name):
            if is_telling(word) and register.hashed(word) in words:
                place = shown.lower().find(word)
                shown = shown[:place] + MASK + shown[place + len(word) :]
        known = files.setdefault(shown, [])
        known += [content for content in contents if content not in known]
    return Ledger(files, ledger.first_loaded_at, ledger.current)


def _texts(folder: Path, *, is_staged: bool) -> Iterator[tuple[int, list[str]]]:
    mended = {row["record_index"] for row in _rows(folder / MENDED)}
    for row in _rows(folder / QUARANTINED):
        if row["record_index"] not in mended:
            yield row["record_index"], [row["raw"].decode("utf-8", "replace")]
    if is_staged:
        return
    for file in (RECORDS, MENDED):
        for row in _rows(folder / file):
            index = row.pop("record_index")
            yield index, [text for text in row.values() if text]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()


def _words_of_name(name: str) -> list[str]:
    """Return the words of a file's path, its name also without what follows a dot."""
    texts = [name]
    while "." in texts[-1]:
        texts.append(texts[-1].rpartition(".")[0])
    found = {word for text in texts for word in words_of(text)}
    return sorted(found, key=len, reverse=True)
