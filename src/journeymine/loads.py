"""What ingest counted, as tables: `raw_loads` and `raw_quarantine`."""

import duckdb

from journeymine.ingest import LandedContent
from journeymine.raw import Landed
from journeymine.records import literal_path, quoted
from journeymine.warehouse import write_table


def write_loads(con: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Write one row per file and content, and one per record that framing set aside."""
    write_table(
        con,
        "raw_loads",
        "source varchar, file varchar, sha256 varchar, bytes bigint, "
        "lines bigint, header bigint, blank bigint, records bigint, "
        "framed_out bigint, refused varchar, is_first boolean",
        [
            (
                name,
                file,
                content.sha256,
                content.bytes,
                content.lines,
                content.header,
                content.blank,
                content.records,
                content.quarantined,
                content.refused,
                file == content.files[0],
            )
            for name, contents in landed.items()
            for content in contents
            for file in content.files
        ],
    )
    selects = [
        "select null::varchar as source, null::varchar as sha256, null::bigint as"
        " record_index, null::bigint as line, null::bigint as byte_offset,"
        " null::varchar as reason where false"
    ]
    selects += [
        f"select {quoted(name)}, {quoted(content.sha256)}, record_index, line,"
        f' "offset", reason from read_parquet({_quarantine(content)})'
        for name, contents in landed.items()
        for content in contents
        if content.quarantined
    ]
    con.execute(
        "create or replace table raw_quarantine as\n" + "\nunion all\n".join(selects)
    )


def _quarantine(content: LandedContent) -> str:
    return quoted(literal_path(str(content.folder / "quarantine.parquet")))
