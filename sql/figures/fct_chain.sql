-- Steps of settled journeys beside what follows them: fct_events in order, `$start`
-- before the first step and the journey's outcome after the last.
-- key: persona, from_state, to_state
--
-- transitions  how often `to_state` follows `from_state`
-- probability  of all that follows `from_state`

with journeys as (

    select
        fct_journeys.journey_id,
        '$' || fct_journeys.outcome as outcome
    from fct_journeys
    where
        fct_journeys.journey_kind = 'main'
        and fct_journeys.outcome <> 'in_progress'
        and $persona in ('all', fct_journeys.persona)

),

places as (

    select
        journey_id,
        event_index,
        activity as state
    from fct_events
    where is_step and journey_id in (select journeys.journey_id from journeys)
    union all
    select
        journey_id,
        0 as event_index,
        '$start' as state
    from journeys
    union all
    select
        journey_id,
        9000000000000000 as event_index,
        outcome as state
    from journeys

),

paired as (

    select
        state,
        lead(state) over (partition by journey_id order by event_index) as next_state
    from places

),

left_for as (
    select next_state
    from paired
    where state = $from_state and next_state is not null
)

select
    count(*) filter (where next_state = $to_state) as transitions,
    count(*) filter (where next_state = $to_state) / nullif(count(*), 0) as probability
from left_for
