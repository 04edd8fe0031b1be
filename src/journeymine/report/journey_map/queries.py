"""The queries behind the lanes of the journey map."""

FUNNEL_STAGES = """
select funnel, step_index, min(stage) as stage
from (
    select funnel, step_index, unnest(activities) as activity
    from meta_funnels
)
inner join dim_activities using (activity)
where stage is not null
group by funnel, step_index
order by funnel, step_index
"""

STAGE_CUSTOMERS = """
select
    case when grouping(dim_customers.persona) = 1 then 'all'
        else dim_customers.persona end as persona,
    fct_events.stage,
    count(distinct fct_events.customer_id) as customers
from fct_events
inner join dim_customers on dim_customers.customer_id = fct_events.customer_id
where fct_events.stage is not null and fct_events.actor = 'customer'
group by grouping sets (
    (fct_events.stage), (fct_events.stage, dim_customers.persona)
)
order by persona, stage
"""

STAGE_TIMES = """
select persona, stage, journeys, p50_seconds, p90_seconds
from fct_stages
where segment = 'all' and stage <> '(none)' and p50_seconds is not null
order by persona, stage
"""

# A touchpoint that a rule names goes by that name, others by activity and channel.
NAME = """case
    when touchpoint = activity || ' · ' || channel then activity else touchpoint
end"""

TOUCHPOINTS = f"""
select persona, stage, {NAME} as name, channel, customers
from fct_touchpoints
where segment = 'all' and actor = 'customer'
order by persona, stage, customers desc, touchpoint
"""

BACKSTAGE = f"""
select persona, stage, {NAME} as name, sum(events) as events
from fct_touchpoints
where segment = 'all' and actor = 'company'
group by all
order by persona, events desc, name, stage
"""

QUOTES = """
with said as (
    select
        unnest(['all', persona]) as persona, stage, answered_at, emotion, feedback,
        text, event_id
    from fct_feedback_texts
    where stage is not null and emotion is not null and length(trim(text)) > 0
),

-- The middle answer of each side speaks for it, not the loudest.
compared as (
    select
        *,
        quantile_disc(emotion, 0.5) over (
            partition by persona, stage, emotion >= 0
        ) as middle
    from said
)

select persona, stage, answered_at, emotion, feedback, text
from compared
qualify row_number() over (
    partition by persona, stage, emotion >= 0
    order by
        length(text) between 15 and 90 desc, abs(emotion - middle),
        answered_at desc, event_id
) = 1
order by persona, stage, emotion
"""

BEHAVIOUR = """
select
    case when grouping(persona) = 1 then 'all' else persona end as persona,
    count(*) as customers, sum(sessions) as sessions, sum(events) as events,
    sum(conversions) as conversions,
    count(*) filter (device = 'mobile') as on_mobile,
    count(nullif(device, '(none)')) as with_device
from dim_customers
group by grouping sets ((), (persona))
order by persona
"""

FIRST_CHANNELS = """
select
    case when grouping(persona) = 1 then 'all' else persona end as persona,
    first_channel, count(*) as customers
from dim_customers
where first_channel is not null
group by grouping sets ((first_channel), (first_channel, persona))
order by persona, customers desc, first_channel
"""
