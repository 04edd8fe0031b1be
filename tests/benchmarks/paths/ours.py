"""journeymine: its own models, on an event log sorted as a run sorts it.

Loading is reading the log and linking each event with the next one (`int_steps`).
"""

import tomllib
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.paths.measured import Measure, Told, serve

from journeymine.build import EVENTS_PER_ROUND
from journeymine.config import Config
from journeymine.models import load_models
from journeymine.paths import make_paths, make_transitions
from journeymine.plan import Context
from journeymine.settings_tables import write_settings
from journeymine.warehouse import build_model, connect

PROJECT = """
project = { name = "Benchmark" }
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "activity" }
"""
LOG = """
create table int_event_log as
select
    row_number() over () as event_number, customer as customer_code,
    customer as owner_code, second * 1000000 as occurred_us, activity_code,
    'web' as channel, true as is_customer, 0 as rule_code
from read_parquet($parquet);
create table int_event_journey as
select
    event_number, min(event_number) over (partition by customer_code) as journey_code,
    'main' as journey_kind, false as is_aftermath
from int_event_log;
create table int_activities as
select 'a' || code as activity, code as activity_code, null::integer as stage_index
from range(100) as codes (code);
create table int_skipped_events as select 0 as event_number where false;
create table int_journeys as
select distinct journey_code, 'converted' as outcome from int_event_journey;
create table int_unit_slices as
select
    'journey' as unit, journey_code as unit_code, journey_code as customer_code,
    1 as slice_set
from int_journeys;
create table int_slices as
select
    1 as slice_set, 'all' as persona, 'all' as segment, 'all' as segment_value,
    1 as slice_code
"""

OPENED = ExitStack()


def load(parquet: str) -> dict[str, Measure]:
    con = OPENED.enter_context(connect(Path(parquet).with_suffix(".duckdb")))
    config = Config.model_validate(tomllib.loads(PROJECT))
    write_settings(con, config)
    for statement in LOG.split(";"):
        con.execute(statement, {"parquet": parquet} if "$" in statement else None)
    for model in ("int_log_rounds", "int_steps"):
        build_model(con, load_models()[model], {"events_per_round": EVENTS_PER_ROUND})

    context = Context(con, config, {}, Path(parquet).parent)

    def transitions() -> Told:
        make_transitions(context)
        return told_transitions

    def told_transitions() -> dict[str, Any]:
        rows = con.execute(
            "select activity_code, next_activity_code, transitions, p50_us // 1000000"
            " from py_transitions order by all"
        ).fetchall()
        return {"counts": [row[:3] for row in rows], "medians": rows}

    def variants() -> Told:
        make_paths(context)
        counted = "select path, count(*) as journeys from py_paths group by path"
        found = con.sql(counted).to_arrow_table()
        return lambda: {"counts": sorted(found["journeys"].to_pylist())}

    return {"transitions": transitions, "variants": variants}


with OPENED:
    serve(load)
