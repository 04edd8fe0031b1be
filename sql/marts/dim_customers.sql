-- One row per customer with an event in a journey.
-- key: customer_id
--
-- customer_id    hash of the identifier of the customer that was seen first
-- persona        p1 (the largest), p2, ...; none
-- first_at       first event, UTC
-- last_at        last event, UTC
-- journeys       journeys
-- is_churned     true if silent for the whole churn horizon, false if active at the
--                watermark, null if not known yet or no horizon is set
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

with journeys as (

    select
        customer_code,
        count(*) as journeys,
        count(*) filter (where outcome = 'converted') as conversions,
        sum(goal_amount) as amount
    from int_journeys
    where journey_kind = 'main'
    group by customer_code

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
    devices.device
from int_customers
inner join int_personas on int_customers.customer_code = int_personas.customer_code
inner join identifiers on int_customers.customer_code = identifiers.customer_code
left join int_identity_confidence
    on int_customers.customer_code = int_identity_confidence.customer_code
left join journeys on int_customers.customer_code = journeys.customer_code
left join sessions on int_customers.customer_code = sessions.customer_code
left join last_spells on int_customers.customer_code = last_spells.customer_code
left join devices on int_customers.customer_code = devices.customer_code
order by int_customers.customer_id
