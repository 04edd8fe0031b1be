-- Activities per slice of journeys. Summed over a slice, transitions + ends + open_ends
-- + aftermath_events + collapsed = events.
-- key: persona, segment, segment_value, activity
--
-- persona           `all`, or the persona
-- segment           `all`, or the segment
-- segment_value     `all`, or its value
-- activity          what happened
-- stage             its stage; null if the project names none
-- events            how often, aftermath included
-- aftermath_events  of those, after the end of their journey
-- collapsed         of those, noise or repeats that the project leaves out of paths
-- journeys          journeys with it
-- customers         customers with it
-- starts            journeys that start with it
-- ends              journeys that end with it
-- open_ends         journeys in progress whose last activity it is

with per_journey as (

    select
        journey_code,
        activity_code,
        any_value(slice_set) as slice_set,
        count(*) as events,
        count(*) filter (where is_aftermath) as aftermath_events,
        count(*) filter (where not is_aftermath and not is_step) as collapsed,
        count(*) filter (where step_position = 1) as starts,
        count(*) filter (
            where is_step and next_activity_code is null and not is_open
        ) as ends,
        count(*) filter (
            where is_step and next_activity_code is null and is_open
        ) as open_ends
    from int_steps
    group by journey_code, activity_code

),

per_set as (

    select
        slice_set,
        activity_code,
        sum(events) as events,
        sum(aftermath_events) as aftermath_events,
        sum(collapsed) as collapsed,
        count(*) as journeys,
        sum(starts) as starts,
        sum(ends) as ends,
        sum(open_ends) as open_ends
    from per_journey
    group by slice_set, activity_code

),

per_slice as (

    select
        int_slices.slice_code,
        per_set.activity_code,
        any_value(int_slices.persona) as persona,
        any_value(int_slices.segment) as segment,
        any_value(int_slices.segment_value) as segment_value,
        cast(sum(per_set.events) as bigint) as events,
        cast(sum(per_set.aftermath_events) as bigint) as aftermath_events,
        cast(sum(per_set.collapsed) as bigint) as collapsed,
        cast(sum(per_set.journeys) as bigint) as journeys,
        cast(sum(per_set.starts) as bigint) as starts,
        cast(sum(per_set.ends) as bigint) as ends,
        cast(sum(per_set.open_ends) as bigint) as open_ends
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by int_slices.slice_code, per_set.activity_code

)

select
    per_slice.persona,
    per_slice.segment,
    per_slice.segment_value,
    int_activities.activity,
    int_activities.stage,
    per_slice.events,
    per_slice.aftermath_events,
    per_slice.collapsed,
    per_slice.journeys,
    int_path_customers.customers,
    per_slice.starts,
    per_slice.ends,
    per_slice.open_ends
from per_slice
inner join int_activities on per_slice.activity_code = int_activities.activity_code
inner join int_path_customers
    on
        int_path_customers.subject = 'activity'
        and per_slice.slice_code = int_path_customers.slice_code
        and per_slice.activity_code = int_path_customers.activity_code
order by
    per_slice.persona asc,
    per_slice.segment asc,
    per_slice.segment_value asc,
    per_slice.events desc,
    int_activities.activity asc
