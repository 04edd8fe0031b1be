-- The silences between an intent and the goal that it led to within 14 days: what a
-- timeout is learned from. Only of kinds that learn it, and only of intents that had
-- their 14 days.
-- key: attempt_kind, event_number
--
-- attempt_kind  as the project file names it
-- event_number  event that ends the silence
-- silence_us    time since the event before it, in microseconds

with kinds as (

    select
        cfg_attempt_activities.attempt_kind,
        cfg_attempt_activities.cause,
        int_activities.activity_code
    from cfg_attempt_activities
    inner join int_activities
        on cfg_attempt_activities.activity = int_activities.activity
    inner join cfg_attempts
        on cfg_attempt_activities.attempt_kind = cfg_attempts.attempt_kind
    where cfg_attempts.timeout_us is null

),

trying as (

    select distinct
        kinds.attempt_kind,
        int_event_log.customer_code
    from int_event_log
    inner join kinds on int_event_log.activity_code = kinds.activity_code
    where kinds.cause = 'intent' and int_event_log.is_customer

),

events as (

    select
        trying.attempt_kind,
        int_event_log.event_number,
        int_event_log.customer_code,
        int_event_log.occurred_us,
        coalesce(kinds.cause = 'intent' and int_event_log.is_customer, false)
            as is_intent,
        case when kinds.cause <> 'intent' then kinds.cause end as end_cause
    from int_event_log
    inner join trying on int_event_log.customer_code = trying.customer_code
    left join kinds
        on
            trying.attempt_kind = kinds.attempt_kind
            and int_event_log.activity_code = kinds.activity_code
    where int_event_log.is_customer or kinds.cause <> 'intent'

),

stretches as (

    -- A stretch runs up to a goal or an exit, so that no exit lies between.
    select
        *,
        count(end_cause) over (
            partition by attempt_kind, customer_code order by occurred_us, event_number
            rows between unbounded preceding and 1 preceding
        ) as stretch
    from events

),

ended as (

    select
        *,
        max(case when end_cause = 'converted' then occurred_us end) over (
            partition by attempt_kind, customer_code, stretch
        ) as goal_us
    from stretches

),

opened as (

    select
        *,
        min(
            case
                when
                    is_intent
                    and occurred_us >= goal_us - 14 * 86400000000
                    and occurred_us <= $as_of_us - 14 * 86400000000
                    then occurred_us
            end
        ) over (partition by attempt_kind, customer_code, stretch) as intent_us,
        lag(occurred_us) over (
            partition by attempt_kind, customer_code, stretch
            order by occurred_us, event_number
        ) as before_us
    from ended

)

select
    attempt_kind,
    event_number,
    occurred_us - before_us as silence_us
from opened
where before_us >= intent_us
