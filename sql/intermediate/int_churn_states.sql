-- What was known of a customer at a moment, and whether it had left: what the risk to
-- churn is learned from. Nothing after the moment is read.
-- key: customer_code, moment_index
--
-- customer_code    number of the customer
-- moment_index     0 is now; from 1 in the past
-- moment_us        the moment, in microseconds since 1970
-- until_us         by then it is known who left
-- is_lost          whether it had left; null for now
-- silence_us       time since the last event of its own
-- spell_us         from the first to the last event of its own in the open spell
-- spell_days       active days in the open spell; days are counted back from the moment
-- tenure_us        time since the first event of its own
-- active_days      active days in all
-- recent_days      active days within one horizon before the moment
-- former_days      active days in the horizon before that
-- conversions      goals reached
-- conversion_us    time since the last of them; null without one
-- recent_support   own contacts with support within one horizon before the moment
-- recent_exits     exits in that time
-- recent_messages  events of the company's in that time
-- returns          spells before the open one

with daily as (

    -- First by day: there are fewer days than events, and they are counted, too.
    select
        int_churn_moments.customer_code,
        int_churn_moments.moment_index,
        (int_churn_moments.moment_us - int_event_log.occurred_us) // 86400000000
            as days_ago,
        count(*) filter (where int_event_log.is_customer) as events,
        count(*) filter (
            where
            int_event_log.is_customer
            and int_event_log.occurred_us >= int_churn_moments.started_us
        ) as spell_events,
        count(*) filter (where not int_event_log.is_customer) as messages,
        count(*) filter (where int_activities.is_goal) as conversions,
        count(*) filter (where int_activities.exit_cause is not null) as exits,
        count(*) filter (
            where int_event_log.source_system = 'support' and int_event_log.is_customer
        ) as support,
        min(int_event_log.occurred_us) filter (where int_event_log.is_customer)
            as first_us,
        max(int_event_log.occurred_us) filter (where int_event_log.is_customer)
            as last_us,
        max(int_event_log.occurred_us) filter (where int_activities.is_goal)
            as conversion_at_us
    from int_churn_moments
    inner join int_event_log
        on
            int_churn_moments.customer_code = int_event_log.customer_code
            and int_churn_moments.moment_us >= int_event_log.occurred_us
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    group by all

),

timed as (

    select
        *,
        greatest($churn_horizon_us // 86400000000, 1) as horizon_days
    from daily

),

known as (

    select
        customer_code,
        moment_index,
        min(first_us) as first_us,
        max(last_us) as last_us,
        count(*) filter (where spell_events > 0) as spell_days,
        count(*) filter (where events > 0) as active_days,
        count(*) filter (where events > 0 and days_ago < horizon_days) as recent_days,
        count(*) filter (
            where
            events > 0
            and days_ago >= horizon_days
            and days_ago < 2 * horizon_days
        ) as former_days,
        sum(conversions) as conversions,
        max(conversion_at_us) as conversion_at_us,
        sum(support) filter (where days_ago < horizon_days) as recent_support,
        sum(exits) filter (where days_ago < horizon_days) as recent_exits,
        sum(messages) filter (where days_ago < horizon_days) as recent_messages
    from timed
    group by customer_code, moment_index

)

select
    int_churn_moments.customer_code,
    int_churn_moments.moment_index,
    int_churn_moments.moment_us,
    int_churn_moments.until_us,
    int_churn_moments.is_lost,
    int_churn_moments.moment_us - known.last_us as silence_us,
    known.last_us - int_churn_moments.started_us as spell_us,
    known.spell_days,
    int_churn_moments.moment_us - known.first_us as tenure_us,
    known.active_days,
    known.recent_days,
    known.former_days,
    cast(known.conversions as bigint) as conversions,
    int_churn_moments.moment_us - known.conversion_at_us as conversion_us,
    cast(coalesce(known.recent_support, 0) as bigint) as recent_support,
    cast(coalesce(known.recent_exits, 0) as bigint) as recent_exits,
    cast(coalesce(known.recent_messages, 0) as bigint) as recent_messages,
    int_churn_moments.spell_index - 1 as returns
from int_churn_moments
inner join known
    on
        int_churn_moments.customer_code = known.customer_code
        and int_churn_moments.moment_index = known.moment_index
order by int_churn_moments.moment_index, int_churn_moments.customer_code
