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
        any_value(customer_code) as customer_code,
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

per_slice as (

    select
        int_slices.slice_code,
        per_journey.activity_code,
        sum(per_journey.events) as events,
        sum(per_journey.aftermath_events) as aftermath_events,
        sum(per_journey.collapsed) as collapsed,
        count(*) as journeys,
        count(distinct per_journey.customer_code) as customers,
        sum(per_journey.starts) as starts,
        sum(per_journey.ends) as ends,
        sum(per_journey.open_ends) as open_ends
    from per_journey
    inner join int_slices on per_journey.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by int_slices.slice_code, per_journey.activity_code

),

slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        slice_code,
        unnest(['all', persona]) as persona,
        segment,
        segment_value
    from int_slices
    where persona <> 'all'

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    int_activities.activity,
    int_activities.stage,
    cast(sum(per_slice.events) as bigint) as events,
    cast(sum(per_slice.aftermath_events) as bigint) as aftermath_events,
    cast(sum(per_slice.collapsed) as bigint) as collapsed,
    cast(sum(per_slice.journeys) as bigint) as journeys,
    cast(sum(per_slice.customers) as bigint) as customers,
    cast(sum(per_slice.starts) as bigint) as starts,
    cast(sum(per_slice.ends) as bigint) as ends,
    cast(sum(per_slice.open_ends) as bigint) as open_ends
from per_slice
inner join slices on per_slice.slice_code = slices.slice_code
inner join int_activities on per_slice.activity_code = int_activities.activity_code
group by all
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    events desc,
    int_activities.activity asc
