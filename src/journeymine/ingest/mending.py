"""Records that a person mended: they stand where those were that had been set aside.

What was mended is kept beside the contents of a source, in `mended/<sha256>.parquet`;
the values of it lie in the folder of the content, as `mended.parquet`, and are made
again whenever the content is landed anew.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.formats import DELIMITERS
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.parts import Content, schema_of
from journeymine.ingest.store import PLACED, QUARANTINED, write_table
from journeymine.ingest.window import Window

MENDED = "mended.parquet"
MENDS = pa.schema(
    [("record_index", pa.int64()), ("offset", pa.int64()), ("raw", pa.binary())]
)


def framed_alone(content: Content, raw: bytes) -> pa.Table | str:
    """Return the one good record that some bytes are, or why they are not.

    Of Parquet and XES, which have no lines, the bytes are a JSON object of text.
    """
    if content.format in ("parquet", "xes"):
        return _object(content, raw)
    if content.format == "jsonl":
        parts = list(frame_json_lines(Window(io.BytesIO(raw).read, "")))
    else:
        delimiter = DELIMITERS[content.format]
        header = delimiter.join(_quoted(name) for name in content.columns)
        window = Window(io.BytesIO(header + b"\n" + raw).read, "")
        parts = list(frame_delimited(window, delimiter))
    for part in parts:
        for record in part.quarantined:
            return record.reason
    rows = pa.concat_tables([part.rows for part in parts])
    if rows.num_rows != 1:
        return "no record" if rows.num_rows == 0 else "more than one record"
    return rows


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
    write_table(path, pa.Table.from_pylist(rows, MENDS))


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


def _quoted(name: str) -> bytes:
    return b'"' + name.encode().replace(b'"', b'""') + b'"'
