"""The queries behind the measures over time."""

MEASURES = """
select metric, words, unit, direction, query
from meta_metrics
order by metric
"""

RETENTION = """
select value
from meta_run
where name = 'retention_period'
"""

KPIS = """
select
    metric, objective, period_kind, period, persona, segment, segment_value,
    n, value, value_low, value_high, is_final, change, target
from fct_kpis
where period_kind = 'month' or period_kind = 'week'
    and (segment = 'all' or objective <> '(none)')
order by metric, objective, period_kind, persona, segment, segment_value, period
"""

OBJECTIVES = """
select
    objective, metric, period_kind, period, persona, segment, segment_value,
    n, value, value_low, value_high, is_final, owner, target, target_by, on_target,
    projection, projection_low, projection_high, status
from fct_kpis
where status is not null
order by objective
"""

CHANGES = """
select
    metric, period_kind, period, persona, segment, segment_value, before, after,
    n_before, n_after, value_before, value_after, difference, difference_low,
    difference_high, q_value, is_worse, rank
from fct_kpi_changes
where rank is not null
order by period_kind, q_value, rank, is_worse desc
"""

# A transition that got more frequent in a month of its pain point, until it changed
# again; told for all customers where that is so, else for those of the pain point.
INCIDENTS = """
with endings as (
    select
        *,
        lead(changed_on) over changes as ended_on,
        lead(earliest_on) over changes as ended_earliest_on,
        lead(latest_on) over changes as ended_latest_on
    from fct_drift
    where scope = 'transition'
    window changes as (
        partition by persona, segment, segment_value, from_activity, to_activity
        order by changed_on
    )
)
select
    pain_points.rank, endings.from_activity, endings.to_activity, endings.persona,
    endings.segment, endings.segment_value, endings.changed_on, endings.rate_before,
    endings.rate_after, endings.ended_on, endings.ended_earliest_on,
    endings.ended_latest_on
from fct_pain_points as pain_points
inner join endings
    on pain_points.place = endings.from_activity || ' > ' || endings.to_activity
    and pain_points.period = strftime(endings.changed_on, '%Y-%m-01')
    and endings.persona in ('all', pain_points.persona)
    and (endings.segment, endings.segment_value) in (
        ('all', 'all'), (pain_points.segment, pain_points.segment_value)
    )
where pain_points.kind = 'transition' and pain_points.is_significant
    and pain_points.period <> 'all' and endings.rate_after > endings.rate_before
order by
    pain_points.rank, endings.persona <> 'all', endings.segment <> 'all',
    endings.changed_on
"""
