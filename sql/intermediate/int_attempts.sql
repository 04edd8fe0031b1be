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
--                         if that is not known yet, or the attempt converted
-- is_recovered_converted  whether that led to the goal

with events as (

    select
        int_attempt_events.*,
        py_attempt_timeouts.timeout_us
    from int_attempt_events
    inner join py_attempt_timeouts
        on int_attempt_events.attempt_kind = py_attempt_timeouts.attempt_kind

),

parted as (

    select
        *,
        lag(end_cause) over acts is not null
        or coalesce(
            occurred_us - max(case when is_customer then occurred_us end) over (
                partition by attempt_kind, customer_code
                order by occurred_us, event_number
                rows between unbounded preceding and 1 preceding
            ) >= timeout_us,
            false
        ) as is_apart
    from events
    window acts as (
        partition by attempt_kind, customer_code order by occurred_us, event_number
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

attempts as (

    select
        attempt_kind,
        customer_code,
        timeout_us,
        arg_min(event_number, (occurred_us, event_number)) filter (where is_intent)
            as opened_event,
        min(occurred_us) filter (where is_intent) as opened_us,
        max(end_cause) as end_cause,
        max(occurred_us) as last_us
    from stretches
    group by attempt_kind, customer_code, timeout_us, stretch
    having bool_or(is_intent)

),

settled as (

    select
        *,
        case
            when end_cause is not null then end_cause
            when last_us + timeout_us <= $as_of_us then 'silence'
            else 'in_progress'
        end as cause
    from attempts

),

returns as (

    -- The first intent or goal after the attempt. `arg_min` passes over nulls: without
    -- `coalesce` the cause would be that of the first goal, however late.
    select
        settled.attempt_kind,
        settled.opened_event,
        arg_min(events.event_number, (events.occurred_us, events.event_number))
            as return_event,
        min(events.occurred_us) as return_us,
        arg_min(
            coalesce(events.end_cause, 'intent'),
            (events.occurred_us, events.event_number)
        ) as return_cause
    from settled
    inner join events
        on
            settled.attempt_kind = events.attempt_kind
            and settled.customer_code = events.customer_code
            and settled.last_us < events.occurred_us
    where events.is_intent or events.end_cause = 'converted'
    group by settled.attempt_kind, settled.opened_event

),

judged as (

    select
        settled.*,
        case
            when settled.cause in ('converted', 'in_progress') then null
            when returns.return_us <= settled.last_us + cfg_attempts.recover_us
                then true
            when settled.last_us + cfg_attempts.recover_us <= $as_of_us then false
        end as is_recovered,
        returns.return_event,
        returns.return_cause
    from settled
    inner join cfg_attempts on settled.attempt_kind = cfg_attempts.attempt_kind
    left join returns
        on
            settled.attempt_kind = returns.attempt_kind
            and settled.opened_event = returns.opened_event

)

select
    judged.attempt_kind,
    judged.opened_event,
    judged.customer_code,
    judged.opened_us,
    judged.cause,
    case judged.cause
        when 'in_progress' then $as_of_us
        when 'silence' then judged.last_us + judged.timeout_us
        else judged.last_us
    end as settled_us,
    case when judged.cause not in ('converted', 'in_progress') then judged.last_us end
        as abandoned_us,
    judged.is_recovered,
    coalesce(judged.is_recovered, false)
    and (
        coalesce(judged.return_cause = 'converted', false)
        or coalesce(next_attempt.cause = 'converted', false)
    ) as is_recovered_converted
from judged
left join settled as next_attempt
    on
        judged.attempt_kind = next_attempt.attempt_kind
        and judged.return_event = next_attempt.opened_event
