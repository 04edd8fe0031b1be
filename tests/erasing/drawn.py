"""Two customers in three systems, with records that are broken, mended and shared."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from journeymine import load_config, workflow
from journeymine.config import Config
from journeymine.ingest import mend_records, raw_records, read_landed
from journeymine.warehouse import Row

ANN = "ann@shop.example"
WEB = """\
id,at,what,cookie,email,url
w1,2024-01-01T10:00:00Z,view,ck-0001-ann,,/home
w2,2024-01-01T10:05:00Z,view,ck-0001-ann,ann@shop.example,"/thanks, you"
w3,2024-01-01T10:06:00Z,buy,ck-0001-ann,Ann@Shop.example,/thanks
w4,2024-01-02T10:00:00Z,view,ck-0002-bob,bob@shop.example,/home
w5,2024-01-02T10:05:00Z,buy,ck-0002-bob,bob@shop.example,"/by?of=ann%40shop.example"
w6,2024-01-02T10:06:00Z,view,ck-0002-bob,bob@shop.example,/joann@shop.example
w7,yesterday,view,ck-0001-ann,,/home
w8,2024-01-05T10:00:00Z,view,ck-0003,info@shop.example,/home
w9,2024-01-05T10:00:00Z,view,ck-0002-bob,bob@shop.example,/x,too many
w0,2024-01-05T10:00:00Z,view,ck-0001-ann,,/x,too many
"""
TICKETS = """\
{"id": "t1", "at": "2024-01-03T10:00:00Z", "mail": " Ann@shop.example", "says": "Hi"}
{"id": "t2", "at": "2024-01-03T11:00:00Z", "mail": "bob@shop.example", "says": "As \
ann@shop.example, not joann@shop.example\\nann\\u0040shop.example"}
{"id": "t3", "at": "2024-01-03T12:00:00Z", "mail": "ann\\u0040shop.example"
{"id": "t4", "at": "2024-01-03T12:00:00Z", "says": "Hi", "mail": "ann@shop.example"
{"id": "t5", "at": "2024-01-03T12:00:00Z", "says": "Hi", "mail": "bob@shop.example"
"""
CRM = """\
contact,at,mail,phone
C-1001,2024-01-01T09:00:00Z,ann@shop.example,+49151123456
C-1002,2024-01-01T09:00:00Z,bob@shop.example,+49151123457
"""
PROJECT = """\
[project]
name = "Drawn"
output = "out"
as_of = 2024-02-01T00:00:00Z

[ingest]
max_quarantined_share = 1.0

[sources.web]
format = "csv"
path = "web*.csv"
columns = { event_id = "id", occurred_at = "at", activity = "what" }
identifiers = { cookie = "cookie", email = "email" }
attributes = ["url"]
publish_attributes = true

[sources.tickets]
system = "support"
format = "jsonl"
path = "tickets.jsonl"
columns = { event_id = "id", occurred_at = "at" }
constants = { activity = "ticket" }
identifiers = { email = "mail" }
attributes = ["says"]
publish_attributes = true

[sources.crm]
system = "crm"
format = "csv"
path = "crm.csv"
columns = { event_id = "contact", occurred_at = "at" }
constants = { activity = "contact_created" }
identifiers = { contact_id = "contact", email = "mail", phone = "phone" }

[journey]
goal = ["buy"]
"""


def draw(folder: Path, more: str = "") -> Config:
    """Write the project to a folder, and return it."""
    folder.mkdir(parents=True)
    for name, text in (("web.csv", WEB), ("tickets.jsonl", TICKETS), ("crm.csv", CRM)):
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "journeymine.toml"
    path.write_text(PROJECT + more, encoding="utf-8")
    return load_config(path)


def land(config: Config) -> None:
    """Land all sources, and mend two tickets that are broken: one of each customer."""
    for name in config.sources:
        workflow.ingest(config, name)
    (content,) = read_landed(config.output / "landing", "tickets")
    broken = raw_records(content, [4, 5])
    mends = {index: raw.rstrip() + b"}" for index, raw in broken.items()}
    mend_records(config.output / "landing", "tickets", {content.sha256: mends})


def loads(config: Config) -> list[Row]:
    """Return file, records, and those accepted, quarantined, erased and mended."""
    columns = "file, records, accepted, quarantined, erased, mended"
    return rows_of(config, "meta_loads", columns)


def rows_of(config: Config, table: str, columns: str, where: str = "true") -> list[Row]:
    """Return rows of a published table, in order of their values."""
    path = config.output / "current" / "tables" / f"{table}.parquet"
    sql = f"select {columns} from '{path}' where {where} order by all"
    with duckdb.connect() as con:
        return con.execute(sql).fetchall()


def landed_texts(config: Config, source: str) -> list[str]:
    """Return what is landed of a source, row by row, as one text each."""
    folder = config.output / "landing" / source
    return sorted(
        str(list(row.values())[1:])
        for path in folder.rglob("*.parquet")
        if path.name != "erased.parquet"
        for row in pq.read_table(path).to_pylist()
    )
