-- Channels per slice of journeys: how many needs begin on each, and are contained in
-- it. A journey is contained in a channel if all steps of the customer's own are on it:
-- it never leaves. Journeys without such a step are left out.
-- key: persona, segment, segment_value, channel
--
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- channel              where the first step of the customer's own is
-- starts               journeys that start there
-- open_starts          of those, in progress: they may still leave
-- settled              the others
-- contained            of the settled, contained in the channel
-- containment_rate     contained / settled
-- left_and_came_back   of the settled, those that left but end there
-- ended_elsewhere      of the settled, those that end on another channel
-- converted            of the settled, converted
-- contained_converted  of the contained, converted

with journeys as (

    select
        int_unit_slices.slice_set,
        entries.channel,
        int_journeys.outcome <> 'in_progress' as is_settled,
        int_journeys.outcome = 'converted' as is_converted,
        int_journey_paths.channel_switches = 0 as is_contained,
        exits.channel = entries.channel as ends_there
    from int_journey_paths
    inner join int_journeys
        on int_journey_paths.journey_code = int_journeys.journey_code
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_journey_paths.journey_code = int_unit_slices.unit_code
    inner join int_event_log as entries
        on int_journey_paths.entry_event = entries.event_number
    inner join int_event_log as exits
        on int_journey_paths.exit_event = exits.event_number
    where entries.is_customer

),

per_set as (

    select
        slice_set,
        channel,
        count(*) as starts,
        count(*) filter (where is_settled) as settled,
        count(*) filter (where is_settled and is_contained) as contained,
        count(*) filter (where is_settled and ends_there) as ended_there,
        count(*) filter (where is_settled and is_converted) as converted,
        count(*) filter (where is_settled and is_converted and is_contained)
            as contained_converted
    from journeys
    group by slice_set, channel

),

per_slice as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_set.channel,
        cast(sum(per_set.starts) as bigint) as starts,
        cast(sum(per_set.settled) as bigint) as settled,
        cast(sum(per_set.contained) as bigint) as contained,
        cast(sum(per_set.ended_there) as bigint) as ended_there,
        cast(sum(per_set.converted) as bigint) as converted,
        cast(sum(per_set.contained_converted) as bigint) as contained_converted
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_set.channel

)

select
    persona,
    segment,
    segment_value,
    channel,
    starts,
    starts - settled as open_starts,
    settled,
    contained,
    contained / nullif(settled, 0) as containment_rate,
    ended_there - contained as left_and_came_back,
    settled - ended_there as ended_elsewhere,
    converted,
    contained_converted
from per_slice
order by persona, segment, segment_value, channel
