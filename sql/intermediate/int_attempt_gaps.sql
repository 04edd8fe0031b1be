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
        *,
        count(end_cause) over (
            partition by attempt_kind, customer_code order by occurred_us, event_number
            rows between unbounded preceding and 1 preceding
        ) as stretch
    from int_attempt_events

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
    opened.attempt_kind,
    opened.event_number,
    opened.occurred_us - opened.before_us as silence_us
from opened
inner join cfg_attempts on opened.attempt_kind = cfg_attempts.attempt_kind
where opened.before_us >= opened.intent_us and cfg_attempts.timeout_us is null
