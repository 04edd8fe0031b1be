-- What is watched of a customer: the first 30 days, and only what comes before the
-- first goal, exit or brink of the goal, whichever is first: no outcome leaks in.
-- key: event_number
--
-- event_number   event in the log
-- customer_code  number of the customer
-- occurred_us    when it happened, in microseconds since 1970
-- activity_code  what happened
-- channel        where it happened
-- device         on what; (none) if nothing says so
-- amount         money in it
-- local_at       when it happened, by the project's clock
-- session_code   number of its session

with ends as (

    select
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as end_us
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    left join int_persona_brinks
        on int_event_log.activity_code = int_persona_brinks.activity_code
    where
        int_activities.is_goal
        or int_activities.exit_cause is not null
        or int_persona_brinks.activity_code is not null
    group by int_event_log.customer_code

)

select
    int_event_log.event_number,
    int_event_log.customer_code,
    int_event_log.occurred_us,
    int_event_log.activity_code,
    int_event_log.channel,
    coalesce(attribute_value(int_event_log.attributes, 'device'), '(none)') as device,
    int_event_log.amount,
    timezone($zone, int_event_log.occurred_at) as local_at,
    int_event_session.session_code
from int_event_log
inner join int_customers
    on int_event_log.customer_code = int_customers.customer_code
inner join int_event_session
    on int_event_log.event_number = int_event_session.event_number
left join ends on int_event_log.customer_code = ends.customer_code
where
    int_event_log.occurred_us < int_customers.first_us + 30 * 86400000000
    and (ends.end_us is null or int_event_log.occurred_us < ends.end_us)
order by int_event_log.event_number
