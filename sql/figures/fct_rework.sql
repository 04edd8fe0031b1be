-- Steps of the slice's journeys that repeat an activity of their journey: fct_events,
-- each step beside the one before and beside the last one of the same activity.
-- key: persona, segment, segment_value, kind, activity, other_activity
--
-- occurrences    such steps of the kind; of a ping-pong, runs
-- journeys       distinct journey_id
-- customers      distinct customer_id
-- total_seconds  sum of the times since it was last done; of a ping-pong, of its run
-- mean_seconds   total_seconds / occurrences

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
        *,
        lag(activity) over journey as other,
        row_number() over journey as place
    from fct_events
    where
        journey_id in (select slice.unit_id from slice)
        and is_step
    window journey as (partition by journey_id order by event_index)

),

repeats as (

    select
        *,
        place - lag(place) over sames as steps_since,
        epoch_us(occurred_at) - epoch_us(lag(occurred_at) over sames) as spent_us
    from placed
    window sames as (partition by journey_id, activity order by event_index)

),

swings as (

    -- Steps that are what the last but one was: those of one run share a number.
    select
        *,
        place - row_number() over (partition by journey_id order by place) as run
    from repeats
    where steps_since = 2

),

ping_pongs as (

    select
        journey_id,
        any_value(customer_id) as customer_id,
        arg_min(activity, place) as activity,
        arg_min(other, place) as other,
        max(epoch_us(occurred_at)) - min(epoch_us(occurred_at) - spent_us) as spent_us
    from swings
    group by journey_id, run
    having count(*) > 1

),

reworks as (

    select
        'rework' as kind, activity, activity as other, journey_id, customer_id, spent_us
    from repeats
    where steps_since > 0
    union all
    select
        'self_loop' as kind,
        activity,
        activity as other,
        journey_id,
        customer_id,
        spent_us
    from repeats
    where steps_since = 1
    union all
    select
        'return' as kind, activity, activity as other, journey_id, customer_id, spent_us
    from repeats
    where steps_since > 1
    union all
    select
        'return_from' as kind, activity, other, journey_id, customer_id, spent_us
    from repeats
    where steps_since > 1
    union all
    select
        'ping_pong' as kind, activity, other, journey_id, customer_id, spent_us
    from ping_pongs

)

select
    count(*) as occurrences,
    count(distinct journey_id) as journeys,
    count(distinct customer_id) as customers,
    cast(sum(spent_us) as bigint) / 1000000 as total_seconds,
    cast(sum(spent_us) as bigint) / nullif(count(*), 0) / 1000000 as mean_seconds
from reworks
where kind = $kind and activity = $activity and other = $other_activity
