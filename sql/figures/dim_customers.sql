-- Journeys, sessions, events and identifiers of the customer: fct_journeys,
-- fct_sessions, fct_events and dim_identities.
-- key: customer_id
--
-- journeys          rows of fct_journeys of the kind main
-- events            rows of fct_events
-- sessions          rows of fct_sessions
-- conversions       of the journeys, outcome converted
-- amount            sum of their goal_amount
-- identifiers       rows of dim_identities
-- exits             of the journeys, outcome exited
-- abandoned         of the journeys, outcome abandoned
-- in_progress       of the journeys, outcome in_progress
-- channel_switches  sum of their channel_switches
-- device_switches   sum of their device_switches

with journeys as (

    select
        count(*) as journeys,
        count(*) filter (where outcome = 'converted') as conversions,
        cast(sum(goal_amount) as decimal(18, 4)) as amount,
        count(*) filter (where outcome = 'exited') as exits,
        count(*) filter (where outcome = 'abandoned') as abandoned,
        count(*) filter (where outcome = 'in_progress') as in_progress,
        coalesce(sum(channel_switches), 0) as channel_switches,
        coalesce(sum(device_switches), 0) as device_switches
    from fct_journeys
    where customer_id = $customer_id and journey_kind = 'main'

),

events as (
    select count(*) as events
    from fct_events
    where customer_id = $customer_id
),

sessions as (
    select count(*) as sessions
    from fct_sessions
    where customer_id = $customer_id
),

identifiers as (
    select count(*) as identifiers
    from dim_identities
    where customer_id = $customer_id
)

select
    journeys.journeys,
    events.events,
    sessions.sessions,
    journeys.conversions,
    journeys.amount,
    identifiers.identifiers,
    journeys.exits,
    journeys.abandoned,
    journeys.in_progress,
    cast(journeys.channel_switches as bigint) as channel_switches,
    cast(journeys.device_switches as bigint) as device_switches
from journeys
cross join events
cross join sessions
cross join identifiers
