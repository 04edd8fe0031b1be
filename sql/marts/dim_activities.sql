-- One row per activity in a journey.
-- key: activity
--
-- activity             what happens
-- stage                its stage; null if the project names none
-- stage_index          position of the stage, from 1
-- actor                customer or company: who does it most often
-- source_system        system that records it most often
-- channel              channel on which it happens most often
-- touchpoint           the activity on that channel
-- is_goal              whether it ends a journey as converted
-- is_exit              whether it ends a journey as exited
-- feedback             name of the feedback that it is; else null
-- events               how often
-- customers            customers with it
-- first_at             first time, UTC
-- last_at              last time, UTC
-- p50_seconds_to_next  median waiting time until the next activity of the journey

with combinations as (

    select
        activity_code,
        is_customer,
        source_system,
        channel,
        count(*) as events
    from int_event_log
    group by all

),

usual as (

    select
        activity_code,
        arg_max(is_customer, (events, is_customer, source_system, channel))
            as is_customer,
        arg_max(source_system, (events, is_customer, source_system, channel))
            as source_system,
        arg_max(channel, (events, is_customer, source_system, channel)) as channel
    from combinations
    group by activity_code

),

counted as (

    select
        activity_code,
        count(*) as events,
        count(distinct customer_code) as customers,
        min(occurred_at) as first_at,
        max(occurred_at) as last_at
    from int_event_log
    group by activity_code

),

waits as (

    select
        activity_code,
        quantile_disc(wait_us, 0.5) as wait_us
    from int_steps
    where wait_us is not null
    group by activity_code

)

select
    int_activities.activity,
    int_activities.stage,
    int_activities.stage_index,
    case when usual.is_customer then 'customer' else 'company' end as actor,
    usual.source_system,
    usual.channel,
    int_activities.activity || ' · ' || usual.channel as touchpoint,
    int_activities.is_goal,
    int_activities.exit_cause is not null as is_exit,
    int_activities.feedback,
    counted.events,
    counted.customers,
    counted.first_at,
    counted.last_at,
    waits.wait_us / 1000000 as p50_seconds_to_next
from int_activities
inner join usual on int_activities.activity_code = usual.activity_code
inner join counted on int_activities.activity_code = counted.activity_code
left join waits on int_activities.activity_code = waits.activity_code
order by int_activities.activity
