-- Each step of the slice's journeys beside the step after it: fct_events in order of
-- event_index, journey by journey.
-- key: persona, segment, segment_value, from_activity, to_activity
--
-- transitions       steps `from_activity` whose next step is `to_activity`
-- share             of all steps with a next one
-- customers         their distinct customer_id
-- mean_seconds      sum of the times between the two, divided by `transitions`
-- p50_seconds       the least such time that half of them do not exceed
-- p90_seconds       the least that nine in ten do not exceed
-- channel_switches  of those, the later one the customer's own, on another channel than
--                   the customer's own step before it

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
        coalesce(
            actor = 'customer'
            and channel <> last_value(
                case when actor = 'customer' then channel end ignore nulls
            ) over (
                partition by journey_id order by event_index
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_switch
    from fct_events
    where
        journey_id in (select slice.unit_id from slice)
        and is_step

),

paired as (

    select
        customer_id,
        activity,
        lead(activity) over steps as next_activity,
        epoch_us(lead(occurred_at) over steps) - epoch_us(occurred_at) as wait_us,
        lead(is_switch) over steps as is_switch
    from steps
    window steps as (partition by journey_id order by event_index)

),

all_pairs as (
    select count(next_activity) as transitions
    from paired
)

select
    count(*) as transitions,
    count(*) / nullif(any_value(all_pairs.transitions), 0) as share,
    count(distinct paired.customer_id) as customers,
    cast(sum(paired.wait_us) as bigint) / nullif(count(*), 0) / 1000000 as mean_seconds,
    quantile_disc(paired.wait_us, 0.5) / 1000000 as p50_seconds,
    quantile_disc(paired.wait_us, 0.9) / 1000000 as p90_seconds,
    count(*) filter (where paired.is_switch) as channel_switches
from paired
cross join all_pairs
where paired.activity = $from_activity and paired.next_activity = $to_activity
