"""The queries behind the report; each figure shows the one that it comes from."""

RUN = """
select name, value
from meta_run
order by name
"""

PERSONAS = """
select persona, persona_name, customers, share, has_structure, profile, traits
from dim_personas
order by customers desc, persona
"""

STAGES = """
select stage
from meta_stages
order by stage_index
"""

TOTALS = """
select
    (select count(*) from dim_customers) as customers,
    count(*) as journeys,
    count(*) filter (outcome = 'converted') as converted,
    count(*) filter (outcome = 'in_progress') as in_progress,
    min(started_at) as first_at,
    max(ended_at) as last_at,
    (select sum(amount) from dim_customers) as amount
from fct_journeys
where journey_kind = 'main'
"""

SHARED_TOTALS = """
select
    coalesce(any_value(customers), 0) as customers,
    coalesce(any_value(journeys), 0) as journeys,
    any_value(converted) as converted,
    any_value(in_progress) as in_progress,
    any_value(first_at) as first_at,
    any_value(last_at) as last_at,
    any_value(amount) as amount
from meta_totals
"""

FUNNEL = """
select
    funnel, persona, step_index, step, unit, window_seconds, entered, reached,
    dropped, excluded, in_progress, entered_mature, reached_mature,
    rate_observed, rate_observed_low, rate_observed_high,
    rate_mature, rate_mature_low, rate_mature_high,
    rate_km, rate_km_low, rate_km_high, rate_km_reason,
    conversion_rate, conversion_rate_low, conversion_rate_high,
    conversion_rate_basis, conversion_rate_reason
from fct_funnel
inner join (
    select distinct funnel, funnel_index from meta_funnels
) as places using (funnel)
where segment = 'all' and segment_value = 'all'
order by funnel_index, persona, step_index
"""

DROP_OFFS = """
select
    funnel, persona, segment, segment_value, step_index, step, next_step,
    at_risk, dropped_at_risk, dropped, in_progress,
    drop_rate, drop_rate_low, drop_rate_high,
    expected_rate, expected_basis, excess, value_lost, q_value, went_to_support,
    median_silence_seconds, next_activity
from fct_drop_offs
where period = 'all' and segment = 'all'
order by funnel, persona, step_index
"""

SEGMENT_LOSSES = """
select
    funnel, persona, segment, segment_value, step_index, step, next_step,
    at_risk, dropped_at_risk, dropped, in_progress,
    drop_rate, drop_rate_low, drop_rate_high,
    expected_rate, expected_basis, excess, value_lost, q_value, went_to_support,
    median_silence_seconds, next_activity
from fct_drop_offs
where period = 'all' and persona = 'all' and segment not in ('all', 'outcome', 'month')
order by funnel, segment, segment_value, step_index
"""

CHURN = """
select period, at_risk, undetermined, settled, churn_rate, churn_rate_low,
    churn_rate_high
from fct_churn
where persona = 'all' and segment = 'all' and churn_rate is not null
order by period = 'all' desc, period desc
limit 1
"""

RETENTION = """
select
    period_index, sum(active) as active, sum(at_risk) as at_risk,
    sum(active) / nullif(sum(at_risk), 0) as retention_rate
from fct_retention
where persona = 'all' and segment = 'all' and is_final and period_index > 0
group by period_index
having sum(at_risk) > 0
order by period_index
"""

EXPERIENCE = """
select
    persona, level, name, is_solicited, answers, customers,
    emotion, emotion_low, emotion_high, response_rate
from fct_experience
where segment = 'all' and level = 'stage'
order by persona, name, is_solicited desc
"""

NPS = """
select nps, nps_low, nps_high, nps_answers, response_rate
from fct_experience
where level = 'all' and persona = 'all' and segment = 'all' and nps is not null
order by nps_answers desc, is_solicited desc
limit 1
"""

TRANSITIONS = """
select persona, from_activity, to_activity, transitions, customers, p50_seconds
from fct_transitions
where segment = 'all'
order by persona, transitions desc, from_activity, to_activity
"""

ACTIVITIES = """
select
    fct_activities.persona, fct_activities.activity, fct_activities.customers,
    fct_activities.journeys, fct_activities.events, fct_activities.starts,
    fct_activities.ends, dim_activities.stage, dim_activities.is_goal,
    dim_activities.is_exit
from fct_activities
inner join dim_activities on dim_activities.activity = fct_activities.activity
where fct_activities.segment = 'all'
order by fct_activities.persona, fct_activities.activity
"""

VARIANTS = """
select
    variant_index, variant, journeys, share, converted, exited, abandoned,
    in_progress, p50_seconds
from fct_variants
where persona = 'all' and segment = 'all' and variant_index <= 10
order by variant_index
"""

PROCESS_MODELS = """
select
    persona, miner, threshold as noise_threshold, activities, transitions, svg_file
from fct_process_models
where is_chosen
order by persona
"""

LOADS = """
select
    source, count(*) as files, sum(lines) as lines, sum(header) as header,
    sum(blank) as blank, sum(accepted) as accepted, sum(duplicate) as duplicates,
    sum(quarantined) as quarantined
from meta_loads
group by source
order by source
"""

WATERMARKS = """
select source, complete_until, is_assumed, last_at
from meta_watermarks
order by source
"""

QUARANTINE = """
select source, reason, count(*) as records, min_by(file, (file, line)) as file,
    min_by(line, (file, line)) as line
from meta_quarantine
group by source, reason
union all
select source, 'whole file refused: ' || refused, quarantined, file, null
from meta_loads
where refused is not null
order by records desc, source, reason, file
limit 20
"""

BALANCES = """
select source, rule, events
from meta_balances
order by source, rule = 'accepted' desc, rule
"""
