"""What hand-outs tell beyond the report's own queries: whole tables, unrounded."""

SLICE_ORDER = (
    "segment <> 'all', segment, segment_value,"
    " persona <> 'all', length(persona), persona"
)

FUNNEL_ROWS = f"""
select
    funnel, persona, segment, segment_value, step_index, step, unit,
    entered, reached, reached / nullif(entered, 0) as reached_share,
    dropped, in_progress, excluded,
    conversion_rate, conversion_rate_low, conversion_rate_high,
    replace(conversion_rate_basis, 'rate_', '') as basis
from fct_funnel
inner join (select distinct funnel, funnel_index from meta_funnels) as places
    using (funnel)
where (persona = 'all' or segment = 'all') and segment not in ('outcome', 'month')
order by funnel_index, {SLICE_ORDER}, step_index
"""

DROP_OFF_ROWS = f"""
select
    funnel, persona, segment, segment_value, step_index, step, next_step,
    at_risk, dropped_at_risk, drop_rate, drop_rate_low, drop_rate_high,
    expected_rate, replace(expected_basis, '_', ' ') as basis, excess, value_lost,
    q_value, in_progress, went_to_support, next_activity
from fct_drop_offs
inner join (select distinct funnel, funnel_index from meta_funnels) as places
    using (funnel)
where
    period = 'all'
    and (persona = 'all' or segment = 'all')
    and segment not in ('outcome', 'month')
order by funnel_index, {SLICE_ORDER}, step_index
"""

PAIN_POINTS = """
select
    rank, kind, finding, place, persona, segment, segment_value, period, customers,
    at_risk, observed, expected, excess, excess_low, excess_high, uplift,
    value, value_low, value_high, effort, priority, q_value, is_significant
from fct_pain_points
order by rank
"""

KPIS = """
select
    fct_kpis.metric, fct_kpis.objective, meta_metrics.words, meta_metrics.unit,
    fct_kpis.period_kind, fct_kpis.period, fct_kpis.persona, fct_kpis.n,
    fct_kpis.value, fct_kpis.value_low, fct_kpis.value_high, fct_kpis.is_final,
    fct_kpis.change, fct_kpis.change_low, fct_kpis.change_high, fct_kpis.q_value,
    fct_kpis.owner, fct_kpis.target, fct_kpis.target_by, fct_kpis.status
from fct_kpis
inner join meta_metrics on fct_kpis.metric = meta_metrics.metric
where fct_kpis.segment = 'all' and fct_kpis.period_kind in ('all', 'month')
    and fct_kpis.persona = 'all' and fct_kpis.value is not null
order by
    fct_kpis.objective = '(none)', fct_kpis.metric, fct_kpis.objective,
    fct_kpis.period_kind, fct_kpis.period
"""

OBJECTIVES = """
select
    fct_kpis.objective, fct_kpis.metric, meta_metrics.words, meta_metrics.unit,
    fct_kpis.period_kind, fct_kpis.period, fct_kpis.n, fct_kpis.value,
    fct_kpis.value_low, fct_kpis.value_high, fct_kpis.owner, fct_kpis.target,
    fct_kpis.target_by, fct_kpis.status
from fct_kpis
inner join meta_metrics on fct_kpis.metric = meta_metrics.metric
where fct_kpis.status is not null and fct_kpis.persona = 'all'
    and fct_kpis.segment = 'all'
order by fct_kpis.objective
"""

NOTES = """
select
    note_id, kind, place, persona, text, author, noted_on, owner, effort, status,
    is_lost, anchor_kind, anchor
from fct_notes
order by is_lost, anchor_kind, anchor, anchor_to, note_id
"""
