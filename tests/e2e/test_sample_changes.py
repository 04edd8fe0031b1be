"""The incident that was planted in the sample is found, and on its days."""

from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from tests.core.bench import Bench
from tests.e2e.running import SAMPLE, Published

PROJECT = """
[project]
name = "Sample"
timezone = "Europe/Berlin"
as_of = 2024-07-01T00:00:00Z
[drift]
[comparisons.incident]
at = 2024-04-09
within = "19 days"
"""
STEPS = """
create table int_activities as
select
    activity,
    row_number() over (order by activity) as activity_code
from (select distinct activity from shop.fct_events);

create table int_steps as
select
    row_number() over (order by journey_id, event_index) as event_number,
    dense_rank() over (order by journey_id) as journey_code,
    dense_rank() over (order by customer_id) as customer_code,
    1 as slice_set,
    epoch_us(occurred_at) as occurred_us,
    activity_code,
    is_open,
    true as is_step,
    true as is_customer,
    false as is_aftermath,
    false as is_switch,
    row_number() over journey as step_position,
    lead(activity_code) over journey as next_activity_code,
    epoch_us(lead(occurred_at) over journey) - epoch_us(occurred_at) as wait_us
from (
    select
        events.*,
        int_activities.activity_code,
        journeys.outcome = 'in_progress' as is_open
    from shop.fct_events as events
    inner join shop.fct_journeys as journeys
        on events.journey_id = journeys.journey_id
    inner join int_activities on events.activity = int_activities.activity
    where not events.is_aftermath
)
window journey as (partition by journey_id order by event_index);

create table int_slice_sets as select 1 as slice_set, 'none' as persona;
create table int_slices as
select 1 as slice_set, 1 as slice_code, 'all' as persona, 'all' as segment,
    'all' as segment_value;
"""


@pytest.fixture
def shop(bench: Bench, sample: Published) -> Bench:
    """Draw the steps of the published sample, which is run without these sections."""
    bench.set_project(PROJECT)
    bench.con.execute(f"attach '{sample.database}' as shop (read_only)")
    bench.con.execute(STEPS)
    bench.drawn |= {"int_activities", "int_steps", "int_slice_sets", "int_slices"}
    return bench


def test_payments_fail_from_the_first_day_of_the_incident_to_its_last(
    shop: Bench,
) -> None:
    (incident,) = pq.read_table(SAMPLE / "truth" / "incidents.parquet").to_pylist()
    first, last = (
        incident[name].astimezone(ZoneInfo("Europe/Berlin")).date()
        for name in ("started_at", "ended_at")
    )
    begun, ended = shop.result_of(
        "fct_drift",
        "changed_on, earliest_on, latest_on, difference",
        where="from_activity = 'payment_info_entered'"
        " and to_activity = 'payment_failed'",
    )
    assert begun[:3] == (first, first, first)
    assert ended[0] == last
    assert float(str(begun[3])) > 0.35
    assert float(str(ended[3])) < -0.35


def test_failed_payments_differ_more_than_anything_before_the_incident(
    shop: Bench,
) -> None:
    ((kind, one, other, high, q_value),) = shop.result_of(
        "fct_comparison_summary",
        "kind, from_activity, to_activity, difference_high, q_value",
        where="rank = 1",
    )
    assert (kind, one, other) == (
        "transition",
        "payment_info_entered",
        "payment_failed",
    )
    assert float(str(high)) < -0.3
    assert float(str(q_value)) < 1e-6
