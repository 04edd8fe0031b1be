-- One row per attempt (a cart, a form, a trial): how it ended.
-- key: attempt_kind, opened_event
--
-- attempt_kind            as the project file names it
-- opened_event            event_number of the intent that opened it
-- customer_code           number of the customer
-- opened_us               when it was opened, in microseconds since 1970
-- cause                   converted, a competing exit, silence, or in_progress
-- settled_us              when that was known; $as_of_us if it is not
-- abandoned_us            last activity of an attempt that did not convert
-- is_recovered            whether an intent or goal followed within the time set; null
--                         if that time is not over, or the attempt was not abandoned
-- is_recovered_converted  whether that led to the goal; null if it is not known

with parted as (

    -- An event that ends nothing is the customer's own: a pause after it is a silence.
    select
        int_attempt_events.*,
        py_attempt_timeouts.timeout_us,
        lag(int_attempt_events.end_cause) over acts is not null
        or coalesce(
            int_attempt_events.occurred_us
            - lag(int_attempt_events.occurred_us) over acts
            >= py_attempt_timeouts.timeout_us,
            false
        ) as is_apart
    from int_attempt_events
    inner join py_attempt_timeouts
        on int_attempt_events.attempt_kind = py_attempt_timeouts.attempt_kind
    window acts as (
        partition by int_attempt_events.attempt_kind, int_attempt_events.customer_code
        order by int_attempt_events.occurred_us, int_attempt_events.event_number
    )

),

stretches as (

    -- Between two ends or silences there is room for one attempt at most.
    select
        *,
        count(*) filter (where is_apart) over (
            partition by attempt_kind, customer_code order by occurred_us, event_number
            rows between unbounded preceding and current row
        ) as stretch
    from parted

),

tries as (

    -- Attempts, and goals without one: what may recover the attempt before.
    select
        attempt_kind,
        customer_code,
        stretch,
        timeout_us,
        arg_min(event_number, (occurred_us, event_number)) filter (where is_intent)
            as opened_event,
        min(occurred_us) filter (where is_intent) as opened_us,
        max(end_cause) as end_cause,
        max(occurred_us) as last_us
    from stretches
    group by attempt_kind, customer_code, timeout_us, stretch
    having bool_or(is_intent) or max(end_cause) = 'converted'

),

settled as (

    select
        *,
        case
            when end_cause is not null then end_cause
            when last_us + timeout_us <= $as_of_us then 'silence'
            else 'in_progress'
        end as cause
    from tries

),

followed as (

    select
        *,
        lead(coalesce(opened_us, last_us)) over tries as return_us,
        lead(cause) over tries as return_cause
    from settled
    window tries as (partition by attempt_kind, customer_code order by stretch)

),

judged as (

    select
        followed.*,
        case
            when
                followed.cause not in ('converted', 'in_progress')
                and followed.last_us + cfg_attempts.recover_us <= $as_of_us
                then
                    coalesce(
                        followed.return_us
                        <= followed.last_us + cfg_attempts.recover_us,
                        false
                    )
        end as is_recovered
    from followed
    inner join cfg_attempts on followed.attempt_kind = cfg_attempts.attempt_kind
    where followed.opened_event is not null

)

select
    attempt_kind,
    opened_event,
    customer_code,
    opened_us,
    cause,
    case cause
        when 'in_progress' then $as_of_us
        when 'silence' then last_us + timeout_us
        else last_us
    end as settled_us,
    case when cause not in ('converted', 'in_progress') then last_us end
        as abandoned_us,
    is_recovered,
    case
        when not is_recovered then false
        when is_recovered and return_cause <> 'in_progress'
            then return_cause = 'converted'
    end as is_recovered_converted
from judged
