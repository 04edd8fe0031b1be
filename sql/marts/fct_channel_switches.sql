-- Switches of channels per slice of journeys: a step of the customer's own on another
-- channel than the customer's one before. In every slice `switches` add up to those of
-- its journeys.
-- key: persona, segment, segment_value, from_channel, to_channel
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- from_channel   channel that the customer left
-- to_channel     channel that the customer went on with
-- switches       how often
-- share          of the slice's switches, 0 to 1
-- journeys       journeys with it
-- customers      customers with it
-- mean_seconds   mean time from the step directly before to the first on `to_channel`
-- preceded_by    the three most frequent activities directly before, the company's
--                included, the most frequent first: activity, switches
-- followed_by    the three most frequent activities that the customer went on with

with per_journey as (

    select
        journey_code,
        any_value(customer_code) as customer_code,
        any_value(slice_set) as slice_set,
        from_channel,
        to_channel,
        count(*) as switches,
        sum(wait_us) as wait_us
    from int_switches
    group by journey_code, from_channel, to_channel

),

per_slice as (

    select
        int_slices.slice_code,
        per_journey.from_channel,
        per_journey.to_channel,
        cast(sum(per_journey.switches) as bigint) as switches,
        count(*) as journeys,
        count(distinct per_journey.customer_code) as customers,
        cast(sum(per_journey.wait_us) as bigint) as wait_us
    from per_journey
    inner join int_slices on per_journey.slice_set = int_slices.slice_set
    group by
        int_slices.slice_code, per_journey.from_channel, per_journey.to_channel

),

slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_slices

),

neighbours as (

    select
        slice_set,
        from_channel,
        to_channel,
        activity_code,
        true as is_before,
        count(*) as switches
    from int_switches
    group by slice_set, from_channel, to_channel, activity_code
    union all
    select
        slice_set,
        from_channel,
        to_channel,
        next_activity_code as activity_code,
        false as is_before,
        count(*) as switches
    from int_switches
    group by slice_set, from_channel, to_channel, next_activity_code

),

sliced_neighbours as (

    select
        int_slices.slice_code,
        neighbours.from_channel,
        neighbours.to_channel,
        neighbours.is_before,
        neighbours.activity_code,
        cast(sum(neighbours.switches) as bigint) as switches
    from neighbours
    inner join int_slices on neighbours.slice_set = int_slices.slice_set
    group by
        int_slices.slice_code,
        neighbours.from_channel,
        neighbours.to_channel,
        neighbours.is_before,
        neighbours.activity_code

),

told as (

    select
        sliced_neighbours.slice_code,
        sliced_neighbours.from_channel,
        sliced_neighbours.to_channel,
        list(
            struct_pack(
                activity := int_activities.activity,
                switches := sliced_neighbours.switches
            )
            order by sliced_neighbours.switches desc, int_activities.activity asc
        ) filter (where sliced_neighbours.is_before) as preceded_by,
        list(
            struct_pack(
                activity := int_activities.activity,
                switches := sliced_neighbours.switches
            )
            order by sliced_neighbours.switches desc, int_activities.activity asc
        ) filter (where not sliced_neighbours.is_before) as followed_by
    from sliced_neighbours
    inner join int_activities
        on sliced_neighbours.activity_code = int_activities.activity_code
    group by
        sliced_neighbours.slice_code,
        sliced_neighbours.from_channel,
        sliced_neighbours.to_channel

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    per_slice.from_channel,
    per_slice.to_channel,
    per_slice.switches,
    per_slice.switches / cast(
        sum(per_slice.switches) over (partition by per_slice.slice_code) as bigint
    ) as share,
    per_slice.journeys,
    per_slice.customers,
    per_slice.wait_us / per_slice.switches / 1000000 as mean_seconds,
    told.preceded_by[1:3] as preceded_by,
    told.followed_by[1:3] as followed_by
from per_slice
inner join slices on per_slice.slice_code = slices.slice_code
inner join told
    on
        per_slice.slice_code = told.slice_code
        and per_slice.from_channel = told.from_channel
        and per_slice.to_channel = told.to_channel
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    per_slice.switches desc,
    per_slice.from_channel asc,
    per_slice.to_channel asc
