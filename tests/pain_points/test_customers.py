"""How many customers are behind each pain point, from drawn journeys and units."""

from tests.core.bench import Bench, ResultOf
from tests.pain_points.test_pain_points import PROJECT

CUSTOMERS = """
create table py_pain_points as
select *, 'all' as persona, 'all' as segment, 'all' as segment_value
from (values
    (1, 'step', 'checkout', 1, 0, 'all'), (2, 'touchpoint', '$paths', 1, 0, 'all'),
    (3, 'wait', '$paths', 1, 2, 'all'), (4, 'loop', '$paths', 1, 0, 'all'),
    (5, 'loop', '$paths', 1, 0, '2024-05-01')
) as drawn (number, kind, funnel, code, other_code, period);
alter table py_pain_points add column place varchar;
create table int_slices as
select 1 as slice_set, 'all' as persona, 'all' as segment, 'all' as segment_value;
create table int_funnel_units as
select 'checkout' as funnel, unnest([1, 2, 3]) as unit_code, 1 as attempt_index,
    unit_code % 2 as customer_code, 1 as depth_mature, date '2024-04-01' as entry_month;
create table int_funnel_slices as
select funnel, unit_code, attempt_index, 1 as slice_set from int_funnel_units;
create table int_steps as
select *, 1 as slice_set, true as is_step,
    epoch_us(timestamptz '2024-04-30 21:59:00+00')
    + if(customer_code = 3, 60000000, 0) as occurred_us
from (values
    (1, 1, 1, 3, false), (1, 1, 3, null, false),
    (2, 2, 1, null, false),
    (3, 3, 1, 2, true), (3, 3, 2, null, true),
    (4, 4, 1, 2, true), (4, 4, 2, null, true),
    (5, 5, 1, null, true),
    (6, 3, 1, null, true)
) as drawn (journey_code, customer_code, activity_code, next_activity_code, is_open);
create table int_experience as
select '' as name, true as is_solicited, '' as period, '' as persona, '' as segment,
    '' as level, 0 as customers
where false;
"""


def test_behind_a_pain_point_are_the_customers_who_were_at_risk_there(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project(PROJECT)
    bench.con.execute(CUSTOMERS)
    bench.drawn |= {"py_pain_points", "int_steps", "int_funnel_units", "int_slices"}
    bench.drawn |= {"int_funnel_slices", "int_experience"}
    assert result_of("int_pain_customers", "number, customers") == [
        (1, 2),  # the step has the number of an activity where three were
        (2, 2),  # of the others the journey is not over
        (3, 2),  # 1 went on otherwise, 2 and 5 did not
        (4, 4),  # 5 may still come back
        (5, 1),  # a month begins at midnight in Berlin
    ]
