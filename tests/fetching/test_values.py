"""A live database: the text of a value is that of a Parquet export of it."""

import io
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from journeymine.config import Config
from journeymine.ingest import land_source, read_landed

SAME = """
select
    1::bigint as id,
    (-7)::smallint as small,
    2147483647 as whole,
    0.1::double precision as share,
    1e20::double precision as vast,
    5::real as plain,
    'NaN'::double precision as nothing,
    true as is_new,
    'Zoë, "Ltd"' as name,
    'x'::varchar(3) as code,
    ''::text as empty,
    null::text as missing,
    '\\x00ff41'::bytea as bytes,
    timestamptz '2024-03-31 01:30:00.120+02' as moment,
    timestamp '2024-03-31 02:30:00.000001' as local,
    date '2024-03-31' as day,
    time '09:30:00.5' as clock,
    '6f1a2b3c-0000-4000-8000-000000000001'::uuid as token,
    '{"a": [1, 2.50]}'::json as document,
    array['x', null] as tags
"""
"""What Arrow has a type for."""

OURS = {
    "12345678901234567890.10::numeric": "12345678901234567890.10",
    "'NaN'::numeric": "NaN",
    "1.50::numeric(9, 2)": "1.50",
    "0.000000001::numeric": "0.000000001",
    "timestamptz 'infinity'": "infinity",
    "date '-infinity'": "-infinity",
    "timestamptz '0044-03-15 00:00:00+00 BC'": "0044-03-15 00:00:00+00 BC",
    '\'{"b": 1, "a": 2.50}\'::jsonb': '{"a": 2.50, "b": 1}',
    "array[1.50, null]": "[1.50,null]",
    "array[[1, 2], [3, 4]]": "[[1,2],[3,4]]",
    "array['{\"a\": 1}'::jsonb]": '[{"a": 1}]',
    "row(1, 'x')::pair": '{"a":1,"b":"x"}',
    "'sad'::mood": "sad",
    "'10.0.0.1/8'::inet": "10.0.0.1/8",
    "interval '1 day 90 minutes'": "1 day 01:30:00",
    "'[1,5)'::int4range": "[1,5)",
    "B'101'": "101",
    "'ab'::char(4)": "ab",
    "4294967295::oid": "4294967295",
    "timetz '09:30+02'": "09:30:00+02",
    "(-0.5)::real": "-0.5",
}
"""What it has none for, or not for all values: the text that the server gives."""


def test_values_are_those_of_a_parquet_export(shop, tmp_path):
    export = io.BytesIO()
    pq.write_table(_plain(shop.database.table(SAME)), export)
    (tmp_path / "export.parquet").write_bytes(export.getvalue())
    columns = {"occurred_at": "moment", "activity": "name"}
    source = {"format": "parquet", "path": "export.parquet", "columns": columns}
    config = Config.model_validate(
        {
            "project": {"name": "shop", "output": "exported"},
            "sources": {"orders": source},
            "folder": tmp_path,
        }
    )
    land_source(config, "orders")
    (content,) = read_landed(tmp_path / "exported" / "landing", "orders")
    shop.land(query=SAME, cursor="moment")
    (row,) = pq.read_table(content.folder / "records.parquet").to_pylist()
    (landed,) = shop.contents
    (found,) = pq.read_table(landed.folder / "records.parquet").to_pylist()
    assert found == row
    assert landed.types == content.types


def test_values_without_a_type_in_arrow_are_the_text_of_the_server(shop):
    shop.do("create type mood as enum ('sad')", "create type pair as (a int, b text)")
    values = ", ".join(f"{sql} as c{place}" for place, sql in enumerate(OURS))
    shop.land(query=f"select 1 as id, 1 as at, {values}", cursor="at")
    (row,) = shop.rows()
    assert dict(zip(OURS, row[2:], strict=True)) == OURS


def test_settings_of_the_server_change_no_text(shop, monkeypatch):
    sql = """
        select 1 as id, timestamptz '2024-03-31 01:30:00+00' as at,
            interval '1 day' as span, '\\xff'::bytea as bytes, 0.1::float8 as share
    """
    shop.land(query=sql, cursor="at")
    strange = (
        "-ctimezone=Asia/Kolkata -cdatestyle=SQL,DMY -cintervalstyle=iso_8601"
        " -cbytea_output=escape -cextra_float_digits=-9 -cclient_encoding=latin1"
    )
    dsn = shop.database.dsn.replace("options=", f"options={quote(strange)}%20")
    monkeypatch.setenv("SHOP_DSN", dsn)
    monkeypatch.setenv("TZ", "America/New_York")
    assert shop.land(query=sql, cursor="at") == []


def test_texts_of_a_database_in_another_encoding_are_told_right(
    shop, postgres, monkeypatch
):
    shop.do("create database western encoding 'LATIN1' template template0")
    western = postgres.dsn("western")
    monkeypatch.setenv("SHOP_DSN", western)
    shop.land(query="select 1 as id, U&'Zo\\00EB' as name", cursor="id")
    assert shop.rows() == [("1", "Zoë")]


def _plain(table: pa.Table) -> pa.Table:
    """Return a table with the types that exports have: of JSON, the text."""
    columns = [
        column.cast(column.type.storage_type)
        if isinstance(column.type, pa.ExtensionType) and name == "document"
        else column
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    return pa.table(columns, table.column_names)
