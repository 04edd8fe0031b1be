"""The bytes of landed records, as they stood in their file or were mended since."""

import json
from collections.abc import Sequence
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.ingest.delimited import DELIMITERS
from journeymine.ingest.framer import LINE_ENDS
from journeymine.ingest.ledger import LandedContent
from journeymine.ingest.mending import mended_bytes
from journeymine.ingest.store import PLACED, QUARANTINED, RECORDS
from journeymine.ingest.writing import written

_ENDS = {len(end): end for end in LINE_ENDS}


def raw_records(content: LandedContent, indexes: Sequence[int]) -> dict[int, bytes]:
    """Return the bytes of some records by their index.

    They are those of the decoded text, line end included. A record of Parquet or XES
    is a JSON object of text.
    """
    places = _rows(content, PLACED, indexes)
    found = {
        index: _rendered(content, row, places.get(index))
        for index, row in _rows(content, RECORDS, indexes).items()
    }
    bad = _rows(content, QUARANTINED, indexes)
    found |= {index: row["raw"] for index, row in bad.items()}
    mended = mended_bytes(content.folder.parent, content)
    return {index: mended.get(index, raw) for index, raw in found.items()}


def _rows(
    content: LandedContent, file: str, indexes: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return some rows of one of the files of a content, by their record index."""
    path = content.folder / file
    if not path.exists():
        return {}
    is_wanted = pc.field("record_index").isin(list(indexes))
    rows = pq.read_table(path, filters=is_wanted).to_pylist()
    return {row.pop("record_index"): row for row in rows}


def _rendered(
    content: LandedContent, row: dict[str, str | None], place: dict[str, Any] | None
) -> bytes:
    """Return a good record from its values, and from where it stands."""
    if content.pseudonyms is not None:
        return written(content, row)
    if place is None:
        return json.dumps(row, ensure_ascii=False).encode()
    if place["raw"] is not None:
        return bytes(place["raw"])
    delimiter = DELIMITERS.get(content.format, b"")
    text = delimiter.join((value or "").encode() for value in row.values())
    return text + _ENDS[place["bytes"] - len(text)]
