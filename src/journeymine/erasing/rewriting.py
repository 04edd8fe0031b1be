"""Take records out of a landed content: each file is written anew, and then replaced.

`erased.parquet` in the folder of a content says which of its records are gone; it is
written first, so that a killed rewriting is completed by doing it again.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.durable import put_in_place
from journeymine.erasing.needles import Needles
from journeymine.ingest.store import TEMPORARY, write_table

ERASED = "erased.parquet"
SCHEMA = pa.schema([("record_index", pa.int64())])
UNIQUE = ("payload", "raw")
"""Columns of which no dictionary is worth its while."""


def erased_records(folder: Path) -> int:
    """Return how many records of a landed content were erased."""
    path = folder / ERASED
    return int(pq.read_metadata(path).num_rows) if path.exists() else 0


def rewrite(folder: Path, gone: Collection[int], needles: Needles) -> int:
    """Take records out of a landed content, and needles out of the others.

    Parameters
    ----------
    folder
        Of the content.
    gone
        `record_index` of the records to take out.
    needles
        What may stand in records of others as well: it is masked there.

    Returns
    -------
    int
        Records that were taken out now.
    """
    for leftover in folder.glob(f"{TEMPORARY}*"):
        leftover.unlink()
    before = erased_records(folder)
    indexes = {*gone, *_erased(folder)}
    if len(indexes) > before:
        write_table(folder / ERASED, pa.table([sorted(indexes)], schema=SCHEMA))
    mends = folder.parent / "mended" / f"{folder.name}.parquet"
    files = [path for path in sorted(folder.glob("*.parquet")) if path.name != ERASED]
    out = pa.array(sorted(indexes), pa.int64())
    for path in [*files, *([mends] if mends.exists() else [])]:
        if any(_is_touched(batch, out, needles) for batch in _batches(path)):
            _write_anew(path, out, needles)
    return len(indexes) - before


def mask_json(path: Path, needles: Needles) -> None:
    """Take needles out of a JSON file: the keys of objects may hold some."""
    raw = path.read_bytes()
    if needles.found_in(raw):
        temporary = path.with_name(f"{TEMPORARY}{path.name}")
        temporary.write_bytes(needles.mask(raw))
        json.loads(temporary.read_bytes())
        put_in_place(temporary, path)


def _erased(folder: Path) -> list[int]:
    path = folder / ERASED
    return (
        list(pq.read_table(path)["record_index"].to_pylist()) if path.exists() else []
    )


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches()


def _is_touched(batch: pa.RecordBatch, gone: pa.Array, needles: Needles) -> bool:
    if pc.any(pc.is_in(batch["record_index"], value_set=gone)).as_py():
        return True
    return needles.count > 0 and any(
        pc.any(needles.suspects(batch[name])).as_py() for name in _texts(batch)
    )


def _write_anew(path: Path, gone: pa.Array, needles: Needles) -> None:
    temporary = path.with_name(f"{TEMPORARY}{path.name}")
    schema = pq.read_schema(path)
    use_dictionary = [name for name in schema.names if name not in UNIQUE]
    with pq.ParquetWriter(
        temporary,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=use_dictionary,
    ) as writer:
        for batch in _batches(path):
            kept = pc.invert(pc.is_in(batch["record_index"], value_set=gone))
            writer.write_batch(_masked(batch.filter(kept), needles))
    put_in_place(temporary, path)


def _masked(batch: pa.RecordBatch, needles: Needles) -> pa.RecordBatch:
    for place, name in enumerate(batch.schema.names):
        column = batch[name]
        if not needles.count or name not in _texts(batch):
            continue
        if pc.any(needles.suspects(column)).as_py():
            values = [needles.mask(value) for value in column.to_pylist()]
            field = batch.schema.field(place)
            batch = batch.set_column(place, field, pa.array(values, field.type))
    return batch


def _texts(batch: pa.RecordBatch) -> list[str]:
    return [
        field.name
        for field in batch.schema
        if pa.types.is_string(field.type) or pa.types.is_binary(field.type)
    ]
