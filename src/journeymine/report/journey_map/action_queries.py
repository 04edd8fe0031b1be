"""The queries behind the lanes of friction and action, and beside the map."""

# What is seen in behaviour: done again, against the rule, on another channel.
FRICTION = """
with homes as (
    select activity, stage
    from dim_activities
    where stage is not null and actor = 'customer'
),

found as (
    select
        fct_rework.persona, homes.stage, 'again' as kind, fct_rework.activity as name,
        fct_rework.journeys as met, 'journeys' as unit
    from fct_rework
    inner join homes on homes.activity = fct_rework.activity
    where fct_rework.segment = 'all' and fct_rework.kind = 'rework'
    union all
    select
        fct_deviations.persona, homes.stage, 'forbidden', fct_deviations.step,
        max(fct_deviations.journeys), 'journeys'
    from fct_deviations
    inner join homes on homes.activity = fct_deviations.step
    where fct_deviations.segment = 'all' and fct_deviations.kind = 'forbidden'
    group by all
    union all
    select
        fct_transitions.persona, homes.stage, 'switch', fct_transitions.from_activity,
        max(fct_transitions.customers), 'customers'
    from fct_transitions
    inner join homes on homes.activity = fct_transitions.from_activity
    where fct_transitions.segment = 'all' and fct_transitions.is_switch
    group by all
)

select
    found.persona, found.stage, found.kind, found.name, found.met, found.unit,
    case when found.unit = 'journeys' then fct_stages.journeys
        else fct_stages.customers end as n
from found
inner join fct_stages
    on fct_stages.persona = found.persona and fct_stages.stage = found.stage
    and fct_stages.segment = 'all'
-- What fewer than one in a hundred meet holds nobody up.
where found.met > 0 and found.met >= 0.01 * n
order by
    found.persona, found.stage, found.kind = 'forbidden' desc, found.met / n desc,
    found.kind, found.name
"""

BACKSTAGE = """
select
    fct_touchpoints.persona, fct_touchpoints.stage, dim_activities.source_system as who,
    fct_touchpoints.activity as name, sum(fct_touchpoints.events) as events
from fct_touchpoints
inner join dim_activities on dim_activities.activity = fct_touchpoints.activity
where fct_touchpoints.segment = 'all' and fct_touchpoints.actor = 'company'
group by all
order by fct_touchpoints.persona, events desc, name, stage
"""

PERSONAS = """
select persona, goals, pain_points, buying_behaviour, preferred_channels
from dim_personas
order by persona
"""

DOES = """
select
    own.persona, own.activity, own.customers, others.customers as all_customers
from fct_activities as own
inner join dim_activities on dim_activities.activity = own.activity
inner join fct_activities as others
    on others.activity = own.activity and others.persona = 'all'
    and others.segment = 'all'
where own.segment = 'all' and dim_activities.actor = 'customer'
    and own.customers is not null and others.customers is not null
order by own.persona, own.customers desc, own.activity
"""

NPS = """
select persona, nps, nps_low, nps_high, nps_answers
from fct_experience
where level = 'all' and segment = 'all' and is_solicited and nps is not null
order by persona
"""
