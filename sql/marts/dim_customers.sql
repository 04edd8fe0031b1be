-- One row per customer with an event in a journey.
-- key: customer_id
--
-- customer_id    hash of the identifier of the customer that was seen first
-- persona        p1 (the largest), p2, ...; none
-- first_at       first event, UTC
-- last_at        last event, UTC
-- journeys       journeys
-- is_churned     true if silent for the whole churn horizon, or its contract has run
--                out; false if active, or under contract, at the watermark; null if not
--                known yet, or the project asks for no churn
-- events         events, those of the company included
-- sessions       sessions
-- conversions    journeys that converted
-- amount         money of the goals, in the project's currency
-- identifiers    identifiers that belong to the customer
-- is_identified  whether one of them is more than a cookie (anonymous_id)
-- identity_confidence  1 if every link between its identifiers is certain, else the
--                least probability among those that it needs
-- first_channel  channel of the first event of the customer's own
-- device         first device; (none) if none is recorded
-- exits          journeys that ended by a competing exit
-- abandoned      journeys that ended by silence
-- in_progress    journeys that are not over
-- entry_touchpoint  where the first journey came in
-- exit_touchpoint   where the last journey went out, or stands
-- channel_switches  switches of channel within journeys
-- device_switches   switches of device within journeys

with journeys as (

    select
        customer_code,
        count(*) as journeys,
        count(*) filter (where outcome = 'converted') as conversions,
        count(*) filter (where outcome = 'exited') as exits,
        count(*) filter (where outcome = 'abandoned') as abandoned,
        count(*) filter (where outcome = 'in_progress') as in_progress,
        sum(goal_amount) as amount
    from int_journeys
    where journey_kind = 'main'
    group by customer_code

),

passages as (

    select
        customer_id,
        arg_min(entry_touchpoint, journey_index) as entry_touchpoint,
        arg_max(exit_touchpoint, journey_index) as exit_touchpoint,
        sum(channel_switches) as channel_switches,
        sum(device_switches) as device_switches
    from fct_journeys
    where journey_kind = 'main'
    group by customer_id

),

sessions as (

    select
        customer_code,
        count(*) as sessions
    from int_sessions
    group by customer_code

),

identifiers as (

    select
        customer_code,
        count(*) as identifiers,
        bool_or(identifier_type <> 'anonymous_id') as is_identified
    from int_identities
    group by customer_code

),

last_spells as (

    select
        customer_code,
        max(last_active_us) as last_active_us
    from int_spells
    group by customer_code

),

devices as (

    select
        int_units.unit_code as customer_code,
        int_units.segment_values[cfg_segments.segment_index] as device
    from int_units
    inner join cfg_segments on cfg_segments.segment = 'device'
    where int_units.unit = 'customer'

)

select
    int_customers.customer_id,
    int_personas.persona,
    int_customers.first_at,
    int_customers.last_at,
    coalesce(journeys.journeys, 0) as journeys,
    case
        when last_spells.last_active_us + $churn_horizon_us <= $as_of_us then true
        when last_spells.last_active_us >= $as_of_us then false
    end as is_churned,
    int_customers.events,
    coalesce(sessions.sessions, 0) as sessions,
    coalesce(journeys.conversions, 0) as conversions,
    cast(journeys.amount as decimal(18, 4)) as amount,
    identifiers.identifiers,
    identifiers.is_identified,
    coalesce(int_identity_confidence.confidence, 1) as identity_confidence,
    int_customers.channel as first_channel,
    devices.device,
    coalesce(journeys.exits, 0) as exits,
    coalesce(journeys.abandoned, 0) as abandoned,
    coalesce(journeys.in_progress, 0) as in_progress,
    passages.entry_touchpoint,
    passages.exit_touchpoint,
    cast(coalesce(passages.channel_switches, 0) as bigint) as channel_switches,
    cast(coalesce(passages.device_switches, 0) as bigint) as device_switches
from int_customers
inner join int_personas on int_customers.customer_code = int_personas.customer_code
inner join identifiers on int_customers.customer_code = identifiers.customer_code
left join int_identity_confidence
    on int_customers.customer_code = int_identity_confidence.customer_code
left join journeys on int_customers.customer_code = journeys.customer_code
left join passages on int_customers.customer_id = passages.customer_id
left join sessions on int_customers.customer_code = sessions.customer_code
left join last_spells on int_customers.customer_code = last_spells.customer_code
left join devices on int_customers.customer_code = devices.customer_code
order by int_customers.customer_id
