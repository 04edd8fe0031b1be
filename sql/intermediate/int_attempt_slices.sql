-- Attempts per slice, and how long they took: what the estimation reads.
-- key: attempt_kind, persona, segment, segment_value, cause, duration_us
--
-- attempt_kind         as the project file names it
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- cause                converted, a competing exit, silence, or in_progress
-- duration_us          from opening until the end was known, in microseconds
-- attempts             attempts
-- recovered            of those, followed by an intent or goal in time
-- recovered_converted  of those, the ones that led to the goal

select
    int_attempts.attempt_kind,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value,
    int_attempts.cause,
    int_attempts.settled_us - int_attempts.opened_us as duration_us,
    count(*) as attempts,
    count(*) filter (where int_attempts.is_recovered) as recovered,
    count(*) filter (where int_attempts.is_recovered_converted) as recovered_converted
from int_attempts
inner join int_unit_slices
    on
        int_unit_slices.unit = 'customer'
        and int_attempts.customer_code = int_unit_slices.unit_code
inner join int_slices on int_unit_slices.slice_set = int_slices.slice_set
group by all
order by
    int_attempts.attempt_kind,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value,
    duration_us,
    int_attempts.cause
