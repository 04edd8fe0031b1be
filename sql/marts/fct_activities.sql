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

with per_customer as (

    select
        slice_set,
        customer_code,
        activity_code,
        count(*) as events,
        count(*) filter (where is_aftermath) as aftermath_events,
        count(*) filter (where not is_aftermath and not is_step) as collapsed,
        count(distinct journey_code) as journeys,
        count(*) filter (where step_position = 1) as starts,
        count(*) filter (
            where is_step and next_activity_code is null and not is_open
        ) as ends,
        count(*) filter (
            where is_step and next_activity_code is null and is_open
        ) as open_ends
    from int_steps
    group by slice_set, customer_code, activity_code

),

per_persona as (

    -- A customer has one persona, so `all` is the sum over personas.
    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_customer.activity_code,
        sum(per_customer.events) as events,
        sum(per_customer.aftermath_events) as aftermath_events,
        sum(per_customer.collapsed) as collapsed,
        sum(per_customer.journeys) as journeys,
        count(distinct per_customer.customer_code) as customers,
        sum(per_customer.starts) as starts,
        sum(per_customer.ends) as ends,
        sum(per_customer.open_ends) as open_ends
    from per_customer
    inner join int_slices on per_customer.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by all

),

slices as (

    select *
    from per_persona
    union all by name
    select
        * exclude (persona),
        'all' as persona
    from per_persona

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    int_activities.activity,
    int_activities.stage,
    cast(sum(slices.events) as bigint) as events,
    cast(sum(slices.aftermath_events) as bigint) as aftermath_events,
    cast(sum(slices.collapsed) as bigint) as collapsed,
    cast(sum(slices.journeys) as bigint) as journeys,
    cast(sum(slices.customers) as bigint) as customers,
    cast(sum(slices.starts) as bigint) as starts,
    cast(sum(slices.ends) as bigint) as ends,
    cast(sum(slices.open_ends) as bigint) as open_ends
from slices
inner join int_activities on slices.activity_code = int_activities.activity_code
group by all
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    events desc,
    int_activities.activity asc
