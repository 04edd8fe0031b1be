"""What ingest counted, as tables: loads, contents, and records that are set aside."""

import duckdb

from journeymine.erasing.rewriting import erased_records
from journeymine.ingest import LandedContent
from journeymine.plan import Context
from journeymine.raw import Landed
from journeymine.records import landed_rows, parquet, quoted
from journeymine.warehouse import write_table


def write_loads(con: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Write `raw_loads`, `raw_contents` and `raw_quarantine`.

    They have one row per file and content, per content, and per record that framing or
    a contract set aside.
    """
    _write_quarantine(con, landed)
    _write_contents(con, landed)
    framed_out = {
        (source, sha256): records
        for source, sha256, records in con.execute(_FRAMED_OUT).fetchall()
    }
    write_table(
        con,
        "raw_loads",
        "source varchar, file varchar, sha256 varchar, bytes bigint, "
        "lines bigint, header bigint, blank bigint, record_lines bigint, "
        "records bigint, "
        "header_bytes bigint, blank_bytes bigint, record_bytes bigint, "
        "text_bytes bigint, framed_out bigint, mended bigint, erased bigint, "
        "refused varchar, is_first boolean, is_newest boolean",
        [
            (
                name,
                file,
                content.sha256,
                content.bytes,
                content.lines,
                content.header,
                content.blank,
                content.record_lines,
                content.records,
                content.header_bytes,
                content.blank_bytes,
                content.record_bytes,
                content.text_bytes,
                framed_out.get((name, content.sha256), 0),
                content.mended,
                erased_records(content.folder),
                content.refused,
                file == content.files[0],
                content.is_newest,
            )
            for name, contents in landed.items()
            for content in contents
            for file in content.files
        ],
    )


_FRAMED_OUT = """
select source, sha256, count(*) from raw_quarantine group by source, sha256
"""


def make_places(context: Context) -> None:
    """Write `py_places`: where the records stand that staging set aside.

    Formats without lines have no such places.
    """
    con = context.con
    write_table(
        con,
        "py_places",
        "source varchar, sha256 varchar, record_index bigint, line bigint, "
        "byte_offset bigint",
        [],
    )
    # Only contents with such records are read: all others are left alone.
    for source, sha256, places in con.execute(_REJECTED_IN).fetchall():
        con.execute(
            f"""
            insert into py_places
            select int_rejected.source, int_rejected.sha256, record_index, line,
                "offset"
            from {places} as places
            inner join int_rejected using (record_index)
            where int_rejected.source = ? and int_rejected.sha256 = ?
            """,
            [source, sha256],
        )


_REJECTED_IN = """
select source, sha256, raw_contents.places
from raw_contents
semi join int_rejected using (source, sha256)
where raw_contents.places is not null
order by source, sha256
"""


def _write_contents(con: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    write_table(
        con,
        "raw_contents",
        "source varchar, sha256 varchar, first_loaded_at timestamptz, places varchar",
        [
            (
                name,
                content.sha256,
                content.first_loaded_at,
                parquet(content, "places")
                if (content.folder / "places.parquet").exists()
                else None,
            )
            for name, contents in landed.items()
            for content in contents
        ],
    )


def _write_quarantine(con: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    selects = [
        "select null::varchar as source, null::varchar as sha256, null::bigint as"
        " record_index, null::varchar as stage, null::bigint as line,"
        " null::bigint as byte_offset, null::varchar as reason where false"
    ]
    selects += [
        f"select {quoted(name)}, {quoted(content.sha256)}, record_index, 'framing',"
        f' line, "offset", reason from {parquet(content, "quarantine")}'
        f"{_not_mended(content)}"
        for name, contents in landed.items()
        for content in contents
        if content.quarantined
    ]
    # A contract sets aside what was framed well; of a file that framing refused, no
    # record is good.
    selects += [
        f"select {quoted(name)}, {quoted(content.sha256)}, record_index, 'contract',"
        f' line, "offset", {quoted(content.refused)} from {landed_rows(content)}'
        f" left join ({_places(content)}) using (record_index)"
        for name, contents in landed.items()
        for content in contents
        if content.refused
    ]
    con.execute(
        "create or replace table raw_quarantine as\n" + "\nunion all\n".join(selects)
    )


def _places(content: LandedContent) -> str:
    """Return SQL for where the records of a content stand, mended ones included."""
    names = ["quarantine", "places"]
    return " union all ".join(
        f'select record_index, line, "offset" from {parquet(content, name)}'
        for name in names
        if (content.folder / f"{name}.parquet").exists()
    )


def _not_mended(content: LandedContent) -> str:
    if not content.mended:
        return ""
    mended = parquet(content, "mended")
    return f" where record_index not in (select record_index from {mended})"
