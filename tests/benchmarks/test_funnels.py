"""A funnel over ten million events, beside chDB's `windowFunnel` on the same ones.

Five steps, best entry, 14 days; both read a log that is sorted. Rounds take turns, so
that both meet the same load. chDB goes into an environment of its own, `.venv-peers`.
`JOURNEYMINE_EVENTS` chooses another size.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

EVENTS = int(os.environ.get("JOURNEYMINE_EVENTS", "10_000_000"))
ROUNDS = 7
RATIO = 4
PARTS = ("filter, sort, hand over", "search, in two threads", "write")
PEERS = Path(".venv-peers")
PINS = Path(__file__).with_name("peers.txt")

LOG = """
select
    hash(number, 1) % ($events // 16) as customer_code,
    1704067200 + hash(number, 2) % (180 * 86400) as second,
    hash(number, 3) % 40 as activity_code
from range($events) as numbers (number)
order by customer_code, second, activity_code
"""

OURS = """
import json, sys, time, tomllib
from journeymine.config import Config
from journeymine.funnels import log as funnel_log, units as funnel_units
from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.funnels import make_units
from journeymine.settings_tables import write_settings
from journeymine.warehouse import build_model, connect
from pathlib import Path

parquet = sys.argv[1]
config = Config.model_validate(tomllib.loads('''
project = { name = "B" }
[sources.web]
path = "a"
format = "csv"
columns = { occurred_at = "a", activity = "b" }
[funnels.f]
steps = ["a0", "a1", "a2", "a3", "a4"]
'''))
with connect(":memory:") as con:
    write_settings(con, config)
    con.execute('''
        create table int_activities as
        select 'a' || code as activity, code as activity_code
        from range(40) as codes (code);
        create table int_activity_roles as
        select 'main' as journey_kind, 0 as activity_code, null as exit_cause limit 0;
        create table int_event_journey as select 0 as event_number, 0 as journey_code,
            'main' as journey_kind, false as is_aftermath limit 0;
        create table int_event_session as
        select 0 as event_number, 0 as session_code limit 0
    ''')
    con.execute(f'''
        create table int_event_log as
        select row_number() over () as event_number, customer_code::bigint as
            customer_code, second::bigint * 1000000 as occurred_us,
            null::bigint as source_order, activity_code::bigint as activity_code,
            true as is_customer, null::varchar as attributes
        from read_parquet('{parquet}')
    ''')
    as_of_us = 10 ** 18
    for model in ("int_unit_events", "int_funnel_roles", "int_funnel_holds"):
        build_model(con, load_models()[model], {})
    # What the step calls tells how long it takes. Units are searched by two threads
    # while the next are read: the parts are more than the whole.
    spent = dict.fromkeys(("read", "search", "write"), 0.0)
    def timed(part, call):
        def one(*arguments, **named):
            start = time.perf_counter()
            try:
                return call(*arguments, **named)
            finally:
                spent[part] += time.perf_counter() - start
        return one
    reading = funnel_log.read_units
    def read(*arguments):
        units = reading(*arguments)
        following = timed("read", lambda: next(units, None))
        while (part := following()) is not None:
            yield part
    class Timed:
        def __getattr__(self, name):
            found = getattr(con, name)
            return timed("write", found) if name == "execute" else found
    funnel_log.read_units = read
    funnel_units.measure_units = timed("search", funnel_units.measure_units)
    context = Context(Timed(), config, {"as_of_us": as_of_us}, Path())
    for line in sys.stdin:
        spent.update(dict.fromkeys(spent, 0.0))
        start = time.perf_counter()
        make_units(context)
        depths = con.execute(
            "select depth, count(*) from py_funnel_units group by all order by all"
        ).fetchall()
        whole = time.perf_counter() - start
        found = {"whole": whole, "parts": [*spent.values()], "depths": depths}
        print(json.dumps(found), flush=True)
"""

THEIRS = """
import json, sys, time
from chdb.session import Session
session = Session()
session.query("create database b")
session.query(
    "create table b.log engine = MergeTree order by (customer_code, second) as"
    " select customer_code::UInt64 as customer_code, second::UInt64 as second,"
    f" activity_code::UInt8 as activity_code from file('{sys.argv[1]}', Parquet)"
)
session.query("optimize table b.log final")
conditions = ", ".join(f"activity_code = {step}" for step in range(5))
for line in sys.stdin:
    start = time.perf_counter()
    found = session.query(
        "select depth, count() from (select customer_code,"
        f" windowFunnel({14 * 86400})(second, {conditions}) as depth"
        " from b.log where activity_code < 5 group by customer_code)"
        " where depth > 0 group by depth order by depth format JSONCompact"
    )
    seconds = time.perf_counter() - start
    depths = [[int(x) for x in row] for row in json.loads(str(found))["data"]]
    print(json.dumps({"whole": seconds, "depths": depths}), flush=True)
"""


@pytest.fixture(scope="module")
def peers() -> Path:
    """Install what is compared with, once."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(PINS)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"chDB cannot be installed: {done.stderr.splitlines()[-1]}")
    return python.absolute()


def test_a_funnel_takes_no_longer_than_that_of_chdb(
    peers: Path, tmp_path: Path
) -> None:
    parquet = tmp_path / "log.parquet"
    with duckdb.connect() as con:
        log = con.sql(LOG, params={"events": EVENTS})
        log.write_parquet(str(parquet))
    with (
        started(sys.executable, OURS, parquet) as ours,
        started(peers, THEIRS, parquet) as theirs,
    ):
        rounds = [(turn(ours), turn(theirs)) for _ in range(ROUNDS + 1)][1:]
    assert all(mine["depths"] == other["depths"] for mine, other in rounds)
    ratio = statistics.median(mine["whole"] / other["whole"] for mine, other in rounds)
    whole, other = (
        statistics.median(one["whole"] for one in side)
        for side in zip(*rounds, strict=True)
    )
    parts = [
        statistics.median(one)
        for one in zip(*(own["parts"] for own, _ in rounds), strict=True)
    ]
    print(f"\n{EVENTS:,} events; median of {ROUNDS} rounds")
    for name, seconds in zip(PARTS, parts, strict=True):
        print(f"{name:>24} {seconds:6.3f} s")
    print(f"{'whole':>24} {whole:6.3f} s")
    print(f"{'chDB':>24} {other:6.3f} s; ratio {ratio:.2f}")
    assert ratio <= RATIO


def started(python: Path | str, code: str, parquet: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [python, "-c", code, parquet],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def turn(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """Let a process measure once, and return what it says."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found
