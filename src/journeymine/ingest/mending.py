"""Records that a person mended: they stand where those were that had been set aside.

What was mended is kept beside the contents of a source, in `mended/<sha256>.parquet`;
the values of it lie in the folder of the content, as `mended.parquet`, and are made
again whenever the content is landed anew.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.config_dialect import Dialect
from journeymine.ingest.delimited import DELIMITERS, frame_delimited
from journeymine.ingest.json_documents import frame_json_document
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.json_source import JsonText
from journeymine.ingest.parts import Content, schema_of
from journeymine.ingest.plain_lines import frame_plain_lines
from journeymine.ingest.store import PLACED, QUARANTINED, write_table
from journeymine.ingest.window import Window
from journeymine.ingest.writing import written
from journeymine.privacy.masking import Masking

MENDED = "mended.parquet"
KEY = b"pseudonyms"
MENDS = pa.schema(
    [("record_index", pa.int64()), ("offset", pa.int64()), ("raw", pa.binary())]
)


def framed_alone(content: Content, raw: bytes) -> pa.Table | str:
    """Return the one good record that some bytes are, or why they are not.

    Of Parquet, XES and OCEL, which have no lines, the bytes are a JSON object of text.
    """
    if content.format in ("parquet", "xes", "ocel"):
        return _object(content, raw)
    if content.format == "jsonl":
        parts = list(frame_json_lines(Window(io.BytesIO(raw).read, "")))
    elif content.format == "json":
        document = JsonText(io.BytesIO(b"[" + raw + b"]").read, "")
        parts = list(frame_json_document(document, None, ""))
    elif content.format == "lines":
        parts = list(frame_plain_lines(Window(io.BytesIO(b"\n" + raw).read, "")))
    else:
        quote = content.dialect.get("quote", True)
        dialect = Dialect(header=content.columns, quote=quote)
        # The line end keeps a mark (BOM) where it stands: here it is data.
        window = Window(io.BytesIO(b"\n" + raw).read, "")
        parts = list(frame_delimited(window, DELIMITERS[content.format], dialect))
    for part in parts:
        for record in part.quarantined:
            return record.reason
    rows = pa.concat_tables([part.rows for part in parts])
    if rows.num_rows != 1:
        return "no record" if rows.num_rows == 0 else "more than one record"
    return rows


def masked_alone(content: Content, raw: bytes, masking: Masking) -> bytes:
    """Return the bytes of a good record, with what is kept of it."""
    rows = framed_alone(content, raw)
    if not isinstance(rows, pa.Table):  # as others are framed today
        return masking.raw(raw)
    keys = json.loads(raw) if content.is_json else None
    masked = masking.rows(rows, keys and [*keys])
    (row,) = masked.drop_columns(["record_index"]).to_pylist()
    return written(content, row)


def mask_mends(landing: Path, content: Content, masking: Masking) -> None:
    """Mask what was mended of a content before there was a key."""
    kept = _kept(landing, content)
    if not kept or mends_key(landing, content) is not None:
        return
    for row in kept:
        row["raw"] = masked_alone(content, row["raw"], masking)
    (landing / content.sha256 / MENDED).unlink(missing_ok=True)
    _keep(landing, replace(content, pseudonyms=masking.pseudonyms), kept)


def mends_key(landing: Path, content: Content) -> str | None:
    """Return which key the tokens in mended records have; None if they have none."""
    path = landing / "mended" / f"{content.sha256}.parquet"
    said = pq.read_schema(path).metadata if path.exists() else None
    return said[KEY].decode() if said and KEY in said else None


def keep_mends(landing: Path, content: Content, mends: Mapping[int, bytes]) -> None:
    """Keep mended records of a content, beside those that were mended before.

    Parameters
    ----------
    landing
        The landing folder of the source.
    content
        What was landed.
    mends
        `record_index` -> bytes that `framed_alone` finds to be a good record.
    """
    offsets = dict(_offsets(landing / content.sha256, "record_index", list(mends)))
    kept = {
        (row["record_index"], row["offset"]): row["raw"]
        for row in _kept(landing, content)
    }
    kept |= {(index, offsets.get(index)): raw for index, raw in mends.items()}
    rows = [
        {"record_index": index, "offset": offset, "raw": raw}
        for (index, offset), raw in kept.items()
    ]
    # Killed after this line, the values are made again when the source is next read.
    (landing / content.sha256 / MENDED).unlink(missing_ok=True)
    _keep(landing, content, rows)
    restore_mends(landing, content)


def restore_mends(landing: Path, content: Content) -> None:
    """Make `mended.parquet` of a content, unless it is there or nothing was mended.

    A record is told by where it begins: framed in another way, it may have another
    index. One that begins nowhere any more has none, and is left out.
    """
    kept = _kept(landing, content)
    folder = landing / content.sha256
    if not kept or (folder / MENDED).exists():
        return
    begins = [row["offset"] for row in kept if row["offset"] is not None]
    places = {at: index for index, at in _offsets(folder, "offset", begins)}
    tables = [schema_of(list(content.columns)).empty_table()]
    for row in kept:
        if row["offset"] is not None:
            row["record_index"] = places.get(row["offset"])
        found = framed_alone(content, row["raw"])
        if row["record_index"] is not None and isinstance(found, pa.Table):
            index = pa.array([row["record_index"]])
            tables.append(found.set_column(0, "record_index", index))
    _keep(landing, content, kept)
    write_table(folder / MENDED, pa.concat_tables(tables))


def mended_records(folder: Path) -> int:
    """Return how many records of a landed content were mended."""
    path = folder / MENDED
    return int(pq.read_metadata(path).num_rows) if path.exists() else 0


def mended_bytes(landing: Path, content: Content) -> dict[int, bytes]:
    """Return what was mended of a content: `record_index` -> bytes."""
    return {row["record_index"]: row["raw"] for row in _kept(landing, content)}


def _keep(landing: Path, content: Content, rows: list[dict[str, Any]]) -> None:
    folder = landing / "mended"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{content.sha256}.parquet"
    said = {KEY: content.pseudonyms} if content.pseudonyms else None
    write_table(path, pa.Table.from_pylist(rows, MENDS.with_metadata(said)))


def _kept(landing: Path, content: Content) -> list[dict[str, Any]]:
    path = landing / "mended" / f"{content.sha256}.parquet"
    return list(pq.read_table(path).to_pylist()) if path.exists() else []


def _offsets(folder: Path, name: str, values: list[int]) -> list[tuple[int, int]]:
    """Return index and offset of records whose column `name` has one of the values."""
    found: list[tuple[int, int]] = []
    for file in (PLACED, QUARANTINED):
        path = folder / file
        if path.exists():
            wanted = pc.field(name).isin(pa.array(values, pa.int64()))
            columns = ["record_index", "offset"]
            table = pq.read_table(path, columns=columns, filters=wanted)
            found += zip(*table.to_pydict().values(), strict=True)
    return found


def _object(content: Content, raw: bytes) -> pa.Table | str:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return "not valid JSON"
    if not isinstance(found, dict) or set(found) != set(content.columns):
        return "not a JSON object with a text for each column"
    row = {name: None if found[name] is None else str(found[name]) for name in found}
    return pa.Table.from_pylist([row], schema_of(list(content.columns)))
