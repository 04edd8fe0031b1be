-- Journeys of the slice around their first step at the anchor: fct_events, the steps of
-- a journey numbered from 1. `$other` is what has no row of its own at that distance.
-- key: anchor, persona, segment, segment_value, distance, from_activity, to_activity
--
-- step_index  distance without its sign
-- journeys    journeys that go so

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

steps as (

    select
        fct_events.journey_id,
        fct_events.activity,
        row_number() over (
            partition by fct_events.journey_id order by fct_events.event_index
        ) as place
    from fct_events
    where
        fct_events.journey_id in (select slice.unit_id from slice)
        and fct_events.is_step

),

bounds as (

    -- What lies beyond a journey stands at its ends.
    select
        steps.journey_id,
        min(steps.place) filter (where steps.activity = $anchor) as anchor_place,
        max(steps.place) as last_place,
        any_value(fct_journeys.outcome) as outcome
    from steps
    inner join fct_journeys on steps.journey_id = fct_journeys.journey_id
    group by steps.journey_id

),

places as (

    select
        journey_id,
        activity,
        place
    from steps
    union all
    select
        journey_id,
        '$start' as activity,
        0 as place
    from bounds
    union all
    select
        journey_id,
        case when outcome = 'in_progress' then '$open' else '$end' end as activity,
        last_place + 1 as place
    from bounds

),

listed as (

    -- The activities that have a row of their own, at either end of the step.
    select
        distance,
        from_activity,
        to_activity
    from fct_anchored_paths
    where anchor = $anchor and persona = 'all' and segment = 'all'

),

gone as (

    select
        earlier.activity as from_activity,
        later.activity as to_activity
    from bounds
    inner join places as earlier
        on
            bounds.journey_id = earlier.journey_id
            and earlier.place = bounds.anchor_place + case
                when $distance > 0 then $distance - 1
                else $distance
            end
    inner join places as later
        on
            bounds.journey_id = later.journey_id
            and earlier.place + 1 = later.place

),

told as (

    select
        case
            when
                gone.from_activity in (
                    select listed.from_activity
                    from listed
                    where listed.distance = $distance
                )
                then gone.from_activity
            else '$other'
        end as from_activity,
        case
            when
                gone.to_activity in (
                    select listed.to_activity
                    from listed
                    where listed.distance = $distance
                )
                then gone.to_activity
            else '$other'
        end as to_activity
    from gone

)

select
    abs($distance) as step_index,
    count(*) as journeys
from told
where from_activity = $from_activity and to_activity = $to_activity
