-- Events of the activity: rows of fct_events.
-- key: activity
--
-- stage_index          place of its stage in meta_stages
-- events               rows
-- customers            their distinct customer_id
-- p50_seconds_to_next  the least time to the next step of the journey that half of its
--                      steps do not exceed

with steps as (

    select
        activity,
        epoch_us(lead(occurred_at) over journey) - epoch_us(occurred_at) as wait_us
    from fct_events
    where is_step
    window journey as (partition by journey_id order by event_index)

),

waits as (
    select quantile_disc(wait_us, 0.5) / 1000000 as p50_seconds_to_next
    from steps
    where activity = $activity and wait_us is not null
),

named as (

    select coalesce(any_value(meta_stages.stage_index), 0) as stage_index
    from dim_activities
    left join meta_stages on dim_activities.stage = meta_stages.stage
    where dim_activities.activity = $activity

),

counted as (

    select
        count(*) as events,
        count(distinct customer_id) as customers
    from fct_events
    where activity = $activity

)

select
    named.stage_index,
    counted.events,
    counted.customers,
    waits.p50_seconds_to_next
from counted
cross join waits
cross join named
