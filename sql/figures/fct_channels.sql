-- The slice's journeys by the channel of the first step of the customer's own, and
-- whether they ever leave it: fct_events and fct_journeys.
-- key: persona, segment, segment_value, channel
--
-- starts               journeys that begin on the channel
-- open_starts          of those, outcome in_progress
-- settled              the others
-- contained            of the settled, without a switch of channels
-- containment_rate     contained / settled
-- left_and_came_back   of the settled, with a switch, and their last own step here
-- ended_elsewhere      of the settled, their last own step on another channel
-- converted            of the settled, outcome converted
-- contained_converted  of the contained, outcome converted

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

entries as (

    select
        fct_events.journey_id,
        arg_min(fct_events.channel, fct_events.event_index) as first_channel,
        arg_max(fct_events.channel, fct_events.event_index) as last_channel,
        count(distinct fct_events.channel) as channels
    from fct_events
    where
        fct_events.journey_id in (select slice.unit_id from slice)
        and fct_events.is_step and fct_events.actor = 'customer'
    group by fct_events.journey_id

),

journeys as (

    select
        entries.*,
        fct_journeys.outcome <> 'in_progress' as is_settled,
        fct_journeys.outcome = 'converted' as is_converted,
        entries.channels = 1 as is_contained,
        entries.last_channel = entries.first_channel as ends_here
    from entries
    inner join fct_journeys on entries.journey_id = fct_journeys.journey_id

)

select
    count(*) as starts,
    count(*) filter (where not is_settled) as open_starts,
    count(*) filter (where is_settled) as settled,
    count(*) filter (where is_settled and is_contained) as contained,
    count(*) filter (where is_settled and is_contained)
    / nullif(count(*) filter (where is_settled), 0) as containment_rate,
    count(*) filter (where is_settled and ends_here and not is_contained)
        as left_and_came_back,
    count(*) filter (where is_settled and not ends_here) as ended_elsewhere,
    count(*) filter (where is_settled and is_converted) as converted,
    count(*) filter (where is_settled and is_contained and is_converted)
        as contained_converted
from journeys
where first_channel = $channel
