"""What cells of the map are read from: pain points, measures, notes, places."""

PAIN_POINTS = """
select
    rank, kind, funnel, place, persona, segment, segment_value, period, at_risk,
    observed, expected, excess, uplift, uplift_low, uplift_high, value, value_low,
    value_high, q_value, is_significant, effort, finding
from fct_pain_points
order by rank
"""

KPIS = """
select
    kpis.metric, kpis.persona, meta_metrics.words, meta_metrics.unit,
    meta_metrics.direction, kpis.objective, kpis.n, kpis.value, kpis.value_low,
    kpis.value_high, kpis.owner, kpis.target, kpis.target_by, kpis.on_target,
    standing.status
from fct_kpis as kpis
inner join meta_metrics on meta_metrics.metric = kpis.metric
left join fct_kpis as standing
    on standing.metric = kpis.metric and standing.objective = kpis.objective
    and standing.persona = kpis.persona and standing.segment = kpis.segment
    and standing.segment_value = kpis.segment_value and standing.status is not null
where kpis.period_kind = 'all' and kpis.segment = 'all' and kpis.value is not null
order by kpis.objective = '(none)', kpis.metric, kpis.objective, kpis.persona
"""

MONTHS = """
select
    metric, objective, persona, period, n, value,
    strftime(last_day(cast(period as date)), '%Y-%m-%d') as last_day
from fct_kpis
where period_kind = 'month' and segment = 'all' and value is not null and is_final
order by metric, objective, persona, period
"""

NOTES = """
select
    note_id, kind, text, author, noted_on, owner, effort, status, anchor_kind, anchor,
    anchor_to, persona, place, is_lost
from fct_notes
where status <> 'dropped'
order by note_id
"""

ACTIVITY_HOMES = """
select activity, stage
from dim_activities
where stage is not null
order by activity
"""

TOUCHPOINT_HOMES = """
select touchpoint, arg_max(stage, (events, stage)) as stage
from fct_touchpoints
where persona = 'all' and segment = 'all' and stage is not null
group by touchpoint
order by touchpoint
"""
