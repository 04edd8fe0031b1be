"""A sorted event log of any size, and what each metric costs on it."""

from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from tests.core.bench import Bench

from journeymine.plan import Step
from journeymine.warehouse import build_model, connect

METRICS = (
    *("fct_funnel", "fct_funnel_units", "fct_funnel_times", "fct_conversion"),
    *("fct_drop_offs", "fct_attempts", "fct_abandonment", "fct_abandonment_times"),
    *("fct_spells", "fct_churn", "fct_churn_hazard"),
    *("fct_retention", "fct_retention_curve", "fct_experience"),
)
AS_OF_US = 1_719_792_000_000_000
SETTINGS = """
[journey]
goal = ["a07"]
exits = { gone = ["a08"] }
inactivity = "30 days"
[funnels.main]
steps = ["a01", "a02", "a03", "a04", "a07"]
[abandonment.cart]
intent = ["a04"]
goal = ["a07"]
exits = { gone = ["a08"] }
[retention]
[churn]
kind = "non-contractual"
[feedback.csat]
activity = "a40"
scale = [1, 5]
"""
EVENT_LOG = """
create table unsorted as
select
    number as event_id,
    hash(number, 1) % ($events // 16) + 1 as customer_code,
    -- Few customers are active all the time: each has weeks of its own.
    1704067200000000 + (hash(customer_code, 2) % 150) * 86400000000
    + (hash(number, 3) % (30 * 86400)) * 1000000 as occurred_us,
    least(hash(number, 4) % 40, hash(number, 5) % 40)::integer + 1 as activity_code,
    hash(number, 6) % 10 > 0 or activity_code < 10 as is_customer
from range($events) as numbers (number)
"""
SORTED = """
create table int_event_log as
select
    row_number() over () as event_number,
    customer_code::bigint as customer_code,
    customer_code::bigint as owner_code,
    'web:' || event_id as event_id,
    make_timestamptz(occurred_us::bigint) as occurred_at,
    occurred_us::bigint as occurred_us,
    null::bigint as source_order,
    activity_code,
    'web' as channel,
    is_customer,
    'web' as source,
    'web' as source_system,
    null::decimal(18, 4) as amount,
    0 as rule_code,
    null::varchar as case_id,
    null::varchar as session_key,
    case when activity_code = 40 then '{"score": "4"}' end as attributes,
    null::varchar as time_flag
from (from unsorted order by customer_code, occurred_us, event_id)
"""
GIVEN = {
    "int_events": """
        select printf('a%02d', number) as activity, null::varchar as rule
        from range(1, 41) as numbers (number)
    """,
    "int_set_customers": """
        select customer_code, 'c' || customer_code as customer_id
        from (select distinct customer_code from int_event_log)
    """,
    "int_personas": "select customer_code, 'p1' as persona from int_set_customers",
    "int_unit_slices": """
        select
            'customer' as unit,
            customer_code as unit_code,
            customer_code,
            customer_code % $slices + 1 as slice_set
        from int_set_customers
    """,
    "int_funnel_slices": """
        select
            funnel,
            unit_code,
            1 as attempt_index,
            unit_code % $slices + 1 as slice_set
        from int_funnel_units
    """,
    "int_slice_sets": """
        select slice_set, 'p1' as persona, date '2024-01-01' as month
        from range(1, $slices + 1) as sets (slice_set)
    """,
    "int_slices": """
        select
            slice_set,
            'all' as persona,
            'all' as segment,
            'all' as segment_value
        from range(1, $slices + 1) as sets (slice_set)
        union all
        select 2, 'p1', 'all', 'all'
        where $slices = 2
    """,
}
BEFORE = (
    *("int_customers", "int_event_journey", "int_event_session"),
    *("int_journeys", "int_sessions"),
)
SLICED = (
    *("int_personas", "int_slice_sets", "int_unit_slices", "int_funnel_slices"),
    "int_slices",
)


def measured(folder: Path, events: int, slices: int) -> dict[str, float]:
    """Return the CPU seconds of each table that the metrics need, and of the sort."""
    with connect(folder / "log.duckdb") as con:
        bench = Bench(con, folder)
        bench.set_project(SETTINGS)
        con.execute(EVENT_LOG, {"events": events})
        began = _cpu()
        con.execute(SORTED)
        cost = {"sort": _cpu() - began}
        con.execute("drop table unsorted")
        bench.drawn |= {"int_event_log", "py_watermarks"}
        for name in ("int_events", "int_set_customers"):
            _give(bench, name, slices)
        for name in BEFORE:
            bench.build(name)
        bench.build("int_funnel_units")
        for name in SLICED:
            _give(bench, name, slices)
        bench.made -= {name for name in bench.made if "funnel" in name}
        for metric in METRICS:
            for node in bench._missing(metric):
                began = _cpu()
                if isinstance(node, Step):
                    node.make(bench.context)
                else:
                    build_model(con, node, bench.context.parameters)
                cost[node.name] = cost.get(node.name, 0) + _cpu() - began
                bench.made.add(node.name)
    return cost


def _give(bench: Bench, name: str, slices: int) -> None:
    sql = f"create or replace table {name} as {GIVEN[name]}"
    named = {"slices": slices} if "$slices" in sql else {}
    bench.con.execute(sql, named)
    bench.drawn.add(name)


def _cpu() -> float:
    usage = getrusage(RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
