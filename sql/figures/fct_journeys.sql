-- Events of the journey: rows of fct_events. Only of `main` journeys: which events
-- belong to those of [journeys] is not published.
-- key: journey_id
--
-- events            rows
-- aftermath_events  of those, `is_aftermath`
-- sessions          distinct session_id
-- duration_seconds  from the first row to the last one that is not aftermath
-- goal_amount       amount of the last row that is not aftermath and has one, of a
--                   journey that converted
-- channel_switches  steps of the customer's own on another channel than the one before

with journey as (

    select *
    from fct_journeys
    where journey_id = $journey_id

),

own as (

    select channel <> lag(channel) over (order by event_index) as is_switch
    from fct_events
    where journey_id = $journey_id and is_step and actor = 'customer'

),

switches as (
    select count(*) filter (where is_switch) as switches
    from own
),

counted as (

    select
        count(*) as events,
        count(*) filter (where is_aftermath) as aftermath_events,
        count(distinct session_id) as sessions,
        (
            epoch_us(max(occurred_at) filter (where not is_aftermath))
            - epoch_us(min(occurred_at))
        ) / 1000000 as duration_seconds,
        arg_max(amount, event_index) filter (where not is_aftermath) as amount
    from fct_events
    where journey_id = $journey_id

)

select
    counted.events,
    counted.aftermath_events,
    counted.sessions,
    counted.duration_seconds,
    case when journey.outcome = 'converted' then counted.amount end as goal_amount,
    switches.switches as channel_switches
from counted
cross join switches
cross join journey
where journey.journey_kind = 'main'
