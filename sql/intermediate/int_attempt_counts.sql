-- Attempts and their recovery, per slice of customers, month of opening, and cause.
-- key: attempt_kind, period, persona, segment, segment_value, cause
--
-- attempt_kind         as the project file names it
-- period               `all`, or the first day of the month in which it was opened
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- cause                converted, a competing exit, silence, or in_progress
-- attempts             attempts
-- recoverable          of those, abandoned so long ago that it is known
-- recovered            of those, followed by an intent or goal in time
-- recovered_converted  of those, the ones that led to the goal

with per_set as (

    select
        attempt_kind,
        coalesce(month, 'all') as period,
        slice_set,
        cause,
        count(*) as attempts,
        count(is_recovered) as recoverable,
        count(*) filter (where is_recovered) as recovered,
        count(*) filter (where is_recovered_converted) as recovered_converted
    from int_attempt_slices
    group by attempt_kind, slice_set, cause, grouping sets ((month), ())

)

select
    per_set.attempt_kind,
    per_set.period,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value,
    per_set.cause,
    cast(sum(per_set.attempts) as bigint) as attempts,
    cast(sum(per_set.recoverable) as bigint) as recoverable,
    cast(sum(per_set.recovered) as bigint) as recovered,
    cast(sum(per_set.recovered_converted) as bigint) as recovered_converted
from per_set
inner join int_slices on per_set.slice_set = int_slices.slice_set
group by all
