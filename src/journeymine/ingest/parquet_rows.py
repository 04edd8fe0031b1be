"""Read a Parquet file as records of text: every row is one line and one record."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from journeymine.errors import SourceError
from journeymine.ingest.layout import problem_of
from journeymine.ingest.parts import Part, schema_of, table_of

ROWS = 100_000
NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")


def frame_parquet(
    path: Path, where: str, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Part]:
    """Yield the rows of a Parquet file, each value as DuckDB writes it as text.

    Times with a zone are in UTC with their offset, nested values are JSON.

    Raises
    ------
    SourceError
        If it is no Parquet file, is broken, or has columns that cannot be told apart.
    """
    try:
        with path.open("rb") as opened, pq.ParquetFile(opened) as file:
            problem = problem_of(file.schema_arrow.names)
            if problem:
                message = f"{where}: {problem}; rename it"
                raise SourceError(message)
            yield from _parts(file, on_bytes or (lambda _: None), path.stat().st_size)
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        reason = str(error).partition("\n")[0]
        message = f"{where}: no readable Parquet file ({reason}); export it again"
        raise SourceError(message) from error


def _parts(
    file: pq.ParquetFile, on_bytes: Callable[[int], None], size: int
) -> Iterator[Part]:
    schema = schema_of(file.schema_arrow.names)
    yield Part(schema.empty_table())
    rows = 0
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("set timezone = 'UTC'")
        for batch in file.iter_batches(ROWS, use_threads=False):
            text = _as_text(pa.Table.from_batches([batch]), connection)
            index = np.arange(rows + 1, rows + batch.num_rows + 1)
            yield Part(
                table_of(index, text.columns, schema), record_lines=batch.num_rows
            )
            total = file.metadata.num_rows
            done, rows = size * rows // total, rows + batch.num_rows
            on_bytes(size * rows // total - done)


def _as_text(batch: pa.Table, connection: duckdb.DuckDBPyConnection) -> pa.Table:
    names = [f"c{position}" for position in range(batch.num_columns)]
    connection.register("batch", batch.rename_columns(names))
    types = connection.execute("describe batch").fetchall()
    casts = ", ".join(_cast(name, kind) for name, kind, *_ in types)
    text = connection.sql(f"select {casts} from batch").to_arrow_table()
    connection.unregister("batch")
    return text


def _cast(name: str, kind: str) -> str:
    is_nested = kind.startswith(NESTED) or kind.endswith("]")
    return f"to_json({name})::varchar" if is_nested else f"{name}::varchar"
