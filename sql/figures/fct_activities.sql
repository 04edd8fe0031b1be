-- Events of the slice's journeys: one row of fct_events each.
-- key: persona, segment, segment_value, activity
--
-- events            rows with the activity
-- aftermath_events  of those, `is_aftermath`
-- collapsed         of those, neither aftermath nor a step
-- journeys          distinct journey_id
-- customers         distinct customer_id
-- starts            of those, the first step of its journey
-- ends              of those, the last step of a journey that is not in progress
-- open_ends         of those, the last step of a journey in progress

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

placed as (

    select
        fct_events.*,
        fct_journeys.outcome = 'in_progress' as is_open,
        lag(fct_events.event_id) over steps is null as is_first,
        lead(fct_events.event_id) over steps is null as is_last
    from fct_events
    inner join fct_journeys on fct_events.journey_id = fct_journeys.journey_id
    where fct_events.journey_id in (select slice.unit_id from slice)
    window
        steps as (
            partition by fct_events.journey_id, fct_events.is_step
            order by fct_events.event_index
        )

)

select
    count(*) as events,
    count(*) filter (where is_aftermath) as aftermath_events,
    count(*) filter (where not is_aftermath and not is_step) as collapsed,
    count(distinct journey_id) as journeys,
    count(distinct customer_id) as customers,
    count(*) filter (where is_step and is_first) as starts,
    count(*) filter (where is_step and is_last and not is_open) as ends,
    count(*) filter (where is_step and is_last and is_open) as open_ends
from placed
where activity = $activity
