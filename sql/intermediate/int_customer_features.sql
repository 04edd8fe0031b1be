-- What a customer does, in counts: what clustering sees. Only the first 30 days and
-- only what comes before the first goal, so that the outcome can not leak in.
-- key: customer_code, family, feature
--
-- customer_code  number of the customer
-- family         activity, channel, device, daypart, weekday or volume
-- feature        name within the family
-- count_value    events, or for `volume` what the feature says

with goals as (

    select
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as goal_us
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    where int_activities.is_goal
    group by int_event_log.customer_code

),

exposed as (

    select
        int_event_log.customer_code,
        int_event_log.event_number,
        int_event_log.occurred_us,
        int_activities.activity,
        int_event_log.channel,
        attribute_value(int_event_log.attributes, 'device') as device,
        timezone($zone, int_event_log.occurred_at) as local_at,
        int_event_session.session_code
    from int_event_log
    inner join int_customers
        on int_event_log.customer_code = int_customers.customer_code
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    inner join int_event_session
        on int_event_log.event_number = int_event_session.event_number
    left join goals on int_event_log.customer_code = goals.customer_code
    where
        int_event_log.occurred_us < int_customers.first_us + 30 * 86400000000
        and (goals.goal_us is null or int_event_log.occurred_us < goals.goal_us)

),

facets as (

    select
        customer_code,
        unnest([
            { 'family': 'activity', 'feature': activity },
            { 'family': 'channel', 'feature': channel },
            { 'family': 'device', 'feature': coalesce(device, '(none)') },
            {
                'family': 'daypart',
                'feature': case
                    when hour(local_at) < 6 then 'night'
                    when hour(local_at) < 12 then 'morning'
                    when hour(local_at) < 18 then 'afternoon'
                    else 'evening'
                end
            },
            {
                'family': 'weekday',
                'feature': case
                    when isodow(local_at) >= 6 then 'weekend' else 'workday'
                end
            }
        ]) as facet
    from exposed

),

mixes as (

    select
        facets.customer_code,
        facet.family,
        facet.feature,
        count(*) as count_value
    from facets
    group by facets.customer_code, facet.family, facet.feature

),

volumes as (

    select
        customer_code,
        count(*) as events,
        count(distinct session_code) as sessions,
        count(distinct cast(local_at as date)) as active_days,
        count(distinct activity) as activities
    from exposed
    group by customer_code

),

lengths as (

    select
        customer_code,
        'volume' as family,
        unnest(['events', 'sessions', 'active_days', 'activities']) as feature,
        unnest([events, sessions, active_days, activities]) as count_value
    from volumes

)

select
    customer_code,
    family,
    feature,
    count_value
from mixes
union all
select
    customer_code,
    family,
    feature,
    count_value
from lengths
order by customer_code, family, feature
