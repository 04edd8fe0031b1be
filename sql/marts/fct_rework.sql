-- Loops and rework per slice of journeys: what is done again, how often, and what time
-- it takes. Every step that repeats an activity of its journey is a rework; it is a
-- self-loop if the step before is the same activity, else a return.
-- key: persona, segment, segment_value, kind, activity, other_activity
--
-- persona         `all`, or the persona
-- segment         `all`, or the segment
-- segment_value   `all`, or its value
-- kind            rework: done again, `self_loop` and `return` together; self_loop:
--                 directly again; return: again after something else; return_from: of
--                 those, by the step directly before; ping_pong: runs of two activities
--                 in turn, each at least twice (A > B > A > B)
-- activity        what is done again; of a ping-pong, what is done first
-- other_activity  of return_from, the step directly before the return; of ping_pong,
--                 the activity in turn with it; else the activity itself
-- occurrences     how often: steps, or runs of a ping-pong
-- journeys        journeys with it
-- customers       customers with it
-- total_seconds   time from when it was last done to when it is done again, summed; of
--                 a ping-pong, from the first step of a run to its last. Kinds overlap,
--                 and so do returns to different activities: not to be added up
-- mean_seconds    the same per occurrence

with per_set as (

    select
        slice_set,
        kind,
        activity_code,
        other_activity_code,
        sum(occurrences) as occurrences,
        count(*) as journeys,
        sum(spent_us) as spent_us
    from int_rework
    group by slice_set, kind, activity_code, other_activity_code

),

per_slice as (

    select
        int_slices.slice_code,
        per_set.kind,
        per_set.activity_code,
        per_set.other_activity_code,
        any_value(int_slices.persona) as persona,
        any_value(int_slices.segment) as segment,
        any_value(int_slices.segment_value) as segment_value,
        cast(sum(per_set.occurrences) as bigint) as occurrences,
        cast(sum(per_set.journeys) as bigint) as journeys,
        cast(sum(per_set.spent_us) as bigint) as spent_us
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by
        int_slices.slice_code,
        per_set.kind,
        per_set.activity_code,
        per_set.other_activity_code

)

select
    per_slice.persona,
    per_slice.segment,
    per_slice.segment_value,
    per_slice.kind,
    int_activities.activity,
    others.activity as other_activity,
    per_slice.occurrences,
    per_slice.journeys,
    int_path_customers.customers,
    per_slice.spent_us / 1000000 as total_seconds,
    per_slice.spent_us / per_slice.occurrences / 1000000 as mean_seconds
from per_slice
inner join int_activities on per_slice.activity_code = int_activities.activity_code
inner join int_activities as others
    on per_slice.other_activity_code = others.activity_code
inner join int_path_customers
    on
        per_slice.slice_code = int_path_customers.slice_code
        and per_slice.kind = int_path_customers.subject
        and per_slice.activity_code = int_path_customers.activity_code
        and per_slice.other_activity_code = int_path_customers.other_activity_code
order by
    per_slice.persona asc,
    per_slice.segment asc,
    per_slice.segment_value asc,
    per_slice.kind asc,
    per_slice.occurrences desc,
    int_activities.activity asc,
    others.activity asc
