-- Own steps of the customers in the slice's journeys whose channel is not that of the
-- own step before: fct_events in order of event_index.
-- key: persona, segment, segment_value, from_channel, to_channel
--
-- switches      such steps on `to_channel` after one on `from_channel`
-- share         of all switches of the slice
-- journeys      distinct journey_id
-- customers     distinct customer_id
-- mean_seconds  sum of the times since the step directly before, whoever's it was,
--               divided by `switches`

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
        *,
        last_value(case when actor = 'customer' then channel end ignore nulls) over (
            partition by journey_id order by event_index
            rows between unbounded preceding and 1 preceding
        ) as channel_before,
        epoch_us(occurred_at) - epoch_us(
            lag(occurred_at) over (partition by journey_id order by event_index)
        ) as wait_us
    from fct_events
    where
        journey_id in (select slice.unit_id from slice)
        and is_step

),

switches as (

    select
        *,
        count(*) over () as all_switches
    from steps
    where actor = 'customer' and channel <> channel_before

)

select
    count(*) as switches,
    count(*) / nullif(any_value(all_switches), 0) as share,
    count(distinct journey_id) as journeys,
    count(distinct customer_id) as customers,
    cast(sum(wait_us) as bigint) / nullif(count(*), 0) / 1000000 as mean_seconds
from switches
where channel_before = $from_channel and channel = $to_channel
