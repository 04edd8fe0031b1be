-- Journeys of the slice in which the one activity happens some time before the other:
-- the first of the one lies before the last of the other in fct_events.
-- key: persona, segment, segment_value, from_activity, to_activity
--
-- journeys       such journeys
-- customers      their distinct customer_id
-- share          of all journeys of the slice
-- share_of_from  of its journeys with `from_activity`

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

held as (

    select
        journey_id,
        any_value(customer_id) as customer_id,
        min(event_index) filter (where activity = $from_activity) as first_index,
        max(event_index) filter (where activity = $to_activity) as last_index
    from fct_events
    where
        journey_id in (select slice.unit_id from slice)
        and is_step
    group by journey_id

),

sizes as (
    select count(*) as journeys
    from slice
)

select
    count(*) filter (where held.first_index < held.last_index) as journeys,
    count(distinct held.customer_id) filter (where held.first_index < held.last_index)
        as customers,
    count(*) filter (where held.first_index < held.last_index)
    / nullif(any_value(sizes.journeys), 0) as share,
    count(*) filter (where held.first_index < held.last_index)
    / nullif(count(held.first_index), 0) as share_of_from
from held
cross join sizes
