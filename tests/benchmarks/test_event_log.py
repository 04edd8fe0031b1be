"""What an event costs from the event log to its step, from one million to fifty.

The events are generated in SQL, in no order: about twenty per customer, in four visits
of at most an hour, as people come. A million need 0.1 GB of disk for the database, and
more to spill: have 40 GB free for fifty.
`JOURNEYMINE_SIZES="1 5"` (millions) chooses other sizes. Of each node it prints the CPU
seconds per million events, the seconds, and the peak of memory. Needs Linux.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MILLIONS = [
    int(size) for size in os.environ.get("JOURNEYMINE_SIZES", "1 5 20 50").split()
]
GIGABYTES = 4
GROWTH = 1.5
"""An event of the largest log may cost so many times what one of the smallest does."""

CHAIN = """
import json, resource, sys, time, tomllib
from pathlib import Path
from tests.core.bench import PROJECT
from journeymine.build import _scalars
from journeymine.config import Config
from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.rules import make_ruled_events
from journeymine.settings_tables import write_settings
from journeymine.warehouse import build_model, connect

millions, folder = int(sys.argv[1]), Path(sys.argv[2])
EVENTS = '''
create table int_events as
select
    printf('web:%d', number) as event_id,
    'web' as source,
    'web' as source_system,
    hash(number, 1) % ($events // 20) as customer,
    timestamptz '2024-01-01 00:00:00+00' + to_seconds(
        hash(customer, hash(number, 2) % 4) % (180 * 86400) + hash(number, 6) % 3600
    ) as occurred_at,
    null::varchar as time_flag,
    null::bigint as source_order,
    'activity_' || hash(number, 3) % 40 as activity,
    'channel_' || hash(number, 4) % 3 as channel,
    hash(number, 5) % 10 > 0 as is_customer,
    null::decimal(18, 4) as amount,
    'EUR' as currency,
    null::varchar as case_id,
    null::varchar as session_key,
    'user_id=' || customer as identifiers,
    identifiers as owner_identifiers,
    '{"device": "mobile"}' as attributes,
    null::varchar as rule
from range($events) as numbers (number)
'''
CUSTOMERS = '''
create table int_set_customers as
select
    'user_id=' || number as identifiers,
    number as customer_code,
    printf('c%d', number) as customer_id
from range($events // 20) as numbers (number)
'''
SLICES = '''
create table int_unit_slices as
select 'journey' as unit, journey_code as unit_code, customer_code, 1 as slice_set
from int_journeys
'''
NODES = (
    "py_ruled_events", "int_activities", "int_event_log", "int_log_rounds",
    "int_customers",
    "int_event_session", "int_sessions", "int_activity_roles", "int_event_journey",
    "int_journeys", "int_skipped_events", "int_unit_slices", "int_steps",
    "int_journey_paths",
)

def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime

def peak():
    # Since it was last asked: writing 5 to clear_refs sets the mark back.
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e6

config = Config.model_validate({
    **tomllib.loads(PROJECT),
    "journey": {"goal": ["activity_7"], "exits": {"gone": ["activity_8"]}},
    "sources": {"web": {
        "path": "web.csv", "format": "csv", "system": "web",
        "columns": {"occurred_at": "at", "activity": "activity"},
    }},
})
scalars = {
    **_scalars(config), "as_of_us": 1719792000000000, "inactivity_us": 864000000000,
}
with connect(folder / "log.duckdb") as con:
    write_settings(con, config)
    for made in (EVENTS, CUSTOMERS):
        con.execute(made, {"events": millions * 1_000_000})
    context, parts = Context(con, config, scalars, folder), []
    peak()
    for node in NODES:
        began = cpu(), time.perf_counter()
        if node == "py_ruled_events":
            make_ruled_events(context)
        elif node == "int_unit_slices":
            con.execute(SLICES)
        else:
            build_model(con, load_models()[node], scalars)
        spent = cpu() - began[0], time.perf_counter() - began[1]
        parts.append([node, *spent, peak()])
    assert con.execute("select count(*) from int_steps").fetchall() == [
        (millions * 1_000_000,)
    ]
print(json.dumps(parts))
"""


def test_an_event_costs_the_same_in_a_log_of_any_size(tmp_path: Path) -> None:
    cost: dict[int, float] = {}
    for millions in MILLIONS:
        folder = tmp_path / str(millions)
        folder.mkdir()
        told = subprocess.run(
            [sys.executable, "-c", CHAIN, str(millions), str(folder)],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout
        disk = (folder / "log.duckdb").stat().st_size / 1e9
        shutil.rmtree(folder)
        parts: list[tuple[str, float, float, float]] = json.loads(told)
        cost[millions] = sum(cpu for _, cpu, _, _ in parts) / millions
        gigabytes = max(peak for *_, peak in parts)
        print(
            f"\n{millions} million: {cost[millions]:.2f} s of CPU per million,"
            f" {gigabytes:.2f} GB of {GIGABYTES}, database {disk:.1f} GB"
        )
        for node, cpu, seconds, peak in parts:
            each = cpu / millions
            print(f"{node:20} {each:6.2f} s CPU {seconds:7.1f} s {peak:5.2f} GB")
        assert gigabytes < GIGABYTES
    assert cost[MILLIONS[-1]] <= GROWTH * cost[MILLIONS[0]]
