-- The silences between an intent and the goal that it led to within 14 days: what a
-- timeout is learned from. Only of kinds that learn it, and only of intents that had
-- their 14 days.
-- key: attempt_kind, event_number
--
-- attempt_kind  as the project file names it
-- event_number  event that ends the silence
-- silence_us    time since the event before it, in microseconds

with stretches as (

    -- A stretch runs up to a goal or an exit, so that no exit lies between.
    select
        int_attempt_events.*,
        count(int_attempt_events.end_cause) over (
            partition by
                int_attempt_events.attempt_kind, int_attempt_events.customer_code
            order by int_attempt_events.occurred_us, int_attempt_events.event_number
            rows between unbounded preceding and 1 preceding
        ) as stretch
    from int_attempt_events
    inner join cfg_attempts
        on int_attempt_events.attempt_kind = cfg_attempts.attempt_kind
    where cfg_attempts.timeout_us is null

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
