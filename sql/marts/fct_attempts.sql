-- One row per attempt (a cart, a form, a trial): who stands behind fct_abandonment.
-- key: attempt_kind, attempt_id
--
-- attempt_kind         as the project file names it
-- attempt_id           event_id of the intent that opened it
-- customer_id          the customer
-- persona              its persona
-- opened_at            when it was opened, UTC
-- cause                converted, a competing exit, silence, or in_progress
-- abandoned_at         last activity of an attempt that did not convert, UTC; else null
-- known_at             when its end was known: of silence, once the timeout had passed;
--                      null while it is in progress
-- recovered            whether an intent or goal followed within the time set; null if
--                      that time is not over, or it was not abandoned
-- recovered_converted  whether that led to the goal; null if that is not known

select
    int_attempts.attempt_kind,
    int_event_log.event_id as attempt_id,
    int_customers.customer_id,
    int_personas.persona,
    make_timestamptz(int_attempts.opened_us) as opened_at,
    int_attempts.cause,
    make_timestamptz(int_attempts.abandoned_us) as abandoned_at,
    case
        when int_attempts.cause <> 'in_progress'
            then make_timestamptz(int_attempts.settled_us)
    end as known_at,
    int_attempts.is_recovered as recovered,
    int_attempts.is_recovered_converted as recovered_converted
from int_attempts
inner join int_event_log on int_attempts.opened_event = int_event_log.event_number
inner join int_customers on int_attempts.customer_code = int_customers.customer_code
inner join int_personas on int_attempts.customer_code = int_personas.customer_code
order by int_attempts.attempt_kind, attempt_id
