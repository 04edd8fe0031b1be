"""Rows as text, as a Parquet export of them would be landed; each one once."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FINGERPRINT = "fingerprint"
MEMORY = "512MB"


class Texts:
    """Makes text of rows, and leaves out those that were fetched before."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        *,
        has_seen: bool,
    ) -> None:
        self.connection = connection
        self.names = list(names)
        self.has_seen = has_seen

    def unseen(self, batch: pa.RecordBatch) -> pa.Table:
        """Return the rows that are new, as text, each with its fingerprint.

        The last column holds the fingerprints: 16 bytes that no other row has.
        """
        places = [f"c{place}" for place in range(len(self.names))]
        order = np.arange(batch.num_rows)
        rows = pa.table([*batch.columns, order], [*places, "place"])
        self.connection.register("batch", rows)
        casts = ", ".join(f"{place}::varchar as {place}" for place in places)
        seen = f"anti join seen using ({FINGERPRINT})" if self.has_seen else ""
        found: pa.Table = self.connection.sql(
            f"""
            with texts as (select place, {casts} from batch), told as (
                select
                    *, unhex(md5($1 || to_json([{", ".join(places)}])::varchar))
                        as {FINGERPRINT}
                from texts
            )
            select * exclude (place) from told {seen} order by place
            """,
            params=[json.dumps(self.names)],
        ).to_arrow_table()
        self.connection.unregister("batch")
        return found.rename_columns([*self.names, FINGERPRINT])


@contextmanager
def texts(folder: Path, names: Sequence[str], seen: Sequence[Path]) -> Iterator[Texts]:
    """Open what makes texts of rows.

    Parameters
    ----------
    folder
        A folder for what does not fit into memory.
    names
        Columns of the rows.
    seen
        Parquet files with the fingerprints of rows that are no news.
    """
    with duckdb.connect(config={"threads": 1, "memory_limit": MEMORY}) as connection:
        connection.execute("set temp_directory = ?", [str(folder)])
        if seen:
            connection.execute(f"create table seen ({FINGERPRINT} blob)")
        for path in seen:
            connection.register("page", pq.read_table(path))
            connection.execute("insert into seen from page")
            connection.unregister("page")
        yield Texts(connection, names, has_seen=bool(seen))
