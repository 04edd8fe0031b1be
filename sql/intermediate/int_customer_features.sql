-- What a customer does, in counts: what clustering sees; docs/personas.md tells each
-- feature.
-- key: customer_code, family, feature
--
-- customer_code  number of the customer
-- family         activity, stage, channel, device, daypart or weekday (mixes: events);
--                volume, pace, recency or basket (what the feature says)
-- feature        name within the family
-- count_value    events; for volume a number of things, for pace and recency seconds,
--                for basket hundredths of the currency

-- Grouped once by all that is counted: what follows is small.
with grouped as (

    select
        customer_code,
        activity_code,
        channel,
        device,
        hour(local_at) // 6 as quarter,
        isodow(local_at) >= 6 as is_weekend,
        count(*) as events
    from int_exposed
    group by all

),

facets as (

    select
        grouped.customer_code,
        grouped.events,
        unnest([
            { 'family': 'activity', 'feature': int_activities.activity },
            {
                'family': 'stage',
                'feature': coalesce(int_activities.stage, '(none)')
            },
            { 'family': 'channel', 'feature': grouped.channel },
            { 'family': 'device', 'feature': grouped.device },
            {
                'family': 'daypart',
                'feature': case grouped.quarter
                    when 0 then 'night'
                    when 1 then 'morning'
                    when 2 then 'afternoon'
                    else 'evening'
                end
            },
            {
                'family': 'weekday',
                'feature': case
                    when grouped.is_weekend then 'weekend' else 'workday'
                end
            }
        ]) as facet
    from grouped
    inner join int_activities
        on grouped.activity_code = int_activities.activity_code

),

mixes as (

    select
        facets.customer_code,
        facet.family,
        facet.feature,
        cast(sum(facets.events) as bigint) as count_value
    from facets
    group by facets.customer_code, facet.family, facet.feature

),

figures as (

    select
        customer_code,
        count(*) as events,
        count(distinct session_code) as sessions,
        count(distinct cast(local_at as date)) as active_days,
        count(distinct activity_code) as activities,
        count(distinct channel) as channels,
        (max(occurred_us) - min(occurred_us)) // 1000000 as span_seconds,
        cast(round(sum(greatest(amount, 0)) * 100) as bigint) as amount
    from int_exposed
    group by customer_code

),

-- The pace of clicking: time in sessions, shared out among the steps in them.
paces as (

    select
        customer_code,
        cast(sum(length_us) // sum(steps) // 1000000 as bigint) as step_seconds
    from (
        select
            customer_code,
            max(occurred_us) - min(occurred_us) as length_us,
            count(*) - 1 as steps
        from int_exposed
        group by customer_code, session_code
    ) as visits
    group by customer_code
    having sum(steps) > 0

),

numbers as (

    select
        figures.customer_code,
        unnest([
            {
                'family': 'volume',
                'feature': 'events',
                'count_value': figures.events
            },
            {
                'family': 'volume',
                'feature': 'sessions',
                'count_value': figures.sessions
            },
            {
                'family': 'volume',
                'feature': 'active_days',
                'count_value': figures.active_days
            },
            {
                'family': 'volume',
                'feature': 'activities',
                'count_value': figures.activities
            },
            {
                'family': 'volume',
                'feature': 'channels',
                'count_value': figures.channels
            },
            {
                'family': 'pace',
                'feature': 'seconds_between_steps',
                'count_value': paces.step_seconds
            },
            {
                'family': 'pace',
                'feature': 'seconds_between_sessions',
                'count_value': figures.span_seconds // nullif(figures.sessions - 1, 0)
            },
            {
                'family': 'recency',
                'feature': 'seconds_to_last_event',
                'count_value': figures.span_seconds
            },
            {
                'family': 'basket',
                'feature': 'amount',
                'count_value': figures.amount
            }
        ]) as number
    from figures
    left join paces on figures.customer_code = paces.customer_code

)

select
    customer_code,
    family,
    feature,
    count_value
from mixes
union all
select
    numbers.customer_code,
    number.family,
    number.feature,
    number.count_value
from numbers
where number.count_value is not null
order by customer_code, family, feature
