-- Events of the slice's journeys by their touchpoint, stage and actor: fct_events,
-- aftermath included.
-- key: persona, segment, segment_value, touchpoint, stage_index, actor
--
-- events     rows of the touchpoint, in that stage, by that actor
-- journeys   distinct journey_id
-- customers  distinct customer_id

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

met as (

    select
        fct_events.*,
        coalesce(meta_stages.stage_index, 0) as stage_index
    from fct_events
    left join meta_stages on fct_events.stage = meta_stages.stage
    where fct_events.journey_id in (select slice.unit_id from slice)

)

select
    count(*) as events,
    count(distinct journey_id) as journeys,
    count(distinct customer_id) as customers
from met
where touchpoint = $touchpoint and stage_index = $stage_index and actor = $actor
