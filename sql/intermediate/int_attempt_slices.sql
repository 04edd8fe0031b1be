-- Attempts with what slices them, and how long they took: what the estimation reads.
-- key: attempt_kind, opened_event
--
-- attempt_kind            as the project file names it
-- opened_event            event_number of the intent that opened it
-- customer_code           number of the customer
-- slice_set               combination of values that slices the customer
-- month                   first day of the month in which it was opened
-- cause                   converted, a competing exit, silence, or in_progress
-- duration_us             from opening until the end was known, in microseconds
-- is_recovered            whether an intent or goal followed in time; null if not known
-- is_recovered_converted  whether that led to the goal; null if not known

select
    int_attempts.attempt_kind,
    int_attempts.opened_event,
    int_attempts.customer_code,
    int_unit_slices.slice_set,
    strftime(
        date_trunc('month', timezone($zone, make_timestamptz(int_attempts.opened_us))),
        '%Y-%m-%d'
    ) as month,
    int_attempts.cause,
    int_attempts.settled_us - int_attempts.opened_us as duration_us,
    int_attempts.is_recovered,
    int_attempts.is_recovered_converted
from int_attempts
inner join int_unit_slices
    on
        int_unit_slices.unit = 'customer'
        and int_attempts.customer_code = int_unit_slices.unit_code
