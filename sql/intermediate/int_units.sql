-- One row per unit that a mart counts, with the values that slice it.
-- key: unit, unit_code
--
-- unit            customer, journey or session (sessions only if a funnel counts them)
-- unit_code       number of the unit
-- customer_code   number of its customer
-- persona         of its customer
-- segment_values  one value per segment but the month, in order of cfg_segments
-- month           first day of the month in which it started, in the project's zone

with first_outcomes as (

    select
        customer_code,
        arg_min(outcome, journey_index) as outcome
    from int_journeys
    where journey_kind = 'main'
    group by customer_code

),

units as (

    select
        'customer' as unit,
        'main' as journey_kind,
        int_customers.customer_code as unit_code,
        int_customers.customer_code,
        int_customers.channel,
        coalesce(first_outcomes.outcome, '(none)') as outcome,
        int_customers.first_at as started_at
    from int_customers
    left join first_outcomes
        on int_customers.customer_code = first_outcomes.customer_code
    union all
    select
        'journey' as unit,
        journey_kind,
        journey_code as unit_code,
        customer_code,
        channel,
        outcome,
        started_at
    from int_journeys
    where
        journey_kind = 'main'
        or journey_kind in (select cfg_funnels.journey_kind from cfg_funnels)
    union all
    select
        'session' as unit,
        'main' as journey_kind,
        int_sessions.session_code as unit_code,
        int_sessions.customer_code,
        int_sessions.channel,
        int_journeys.outcome,
        int_sessions.started_at
    from int_sessions
    inner join int_event_journey
        on
            int_sessions.session_code = int_event_journey.event_number
            and int_event_journey.journey_kind = 'main'
    inner join int_journeys
        on int_event_journey.journey_code = int_journeys.journey_code
    where 'session' in (select cfg_funnels.unit from cfg_funnels)

),

valued as (

    select
        units.unit,
        units.journey_kind,
        units.unit_code,
        cfg_segments.segment_index,
        case cfg_segments.segment
            when 'channel' then units.channel
            when 'outcome' then units.outcome
            else coalesce(int_unit_segments.segment_value, '(none)')
        end as segment_value
    from units
    cross join cfg_segments
    left join int_unit_segments
        on
            units.unit = int_unit_segments.unit
            and units.unit_code = int_unit_segments.unit_code
            and cfg_segments.segment_index = int_unit_segments.segment_index
    where cfg_segments.segment <> 'month'

),

frequent as (

    -- The same values stay for every unit, so that marts can be compared; further kinds
    -- of journeys change nothing.
    select
        segment_index,
        segment_value,
        row_number() over (
            partition by segment_index order by count(*) desc, segment_value
        ) as place
    from valued
    where segment_value <> '(none)' and journey_kind = 'main'
    group by segment_index, segment_value
    qualify place <= 20

),

folded as (

    select
        valued.unit,
        valued.unit_code,
        list(
            case
                when valued.segment_value = '(none)' then '(none)'
                else coalesce(frequent.segment_value, '(other)')
            end
            order by valued.segment_index
        ) as segment_values
    from valued
    left join frequent
        on
            valued.segment_index = frequent.segment_index
            and valued.segment_value = frequent.segment_value
    group by valued.unit, valued.unit_code

)

select
    units.unit,
    units.unit_code,
    units.customer_code,
    int_personas.persona,
    folded.segment_values,
    cast(date_trunc('month', timezone($zone, units.started_at)) as date) as month
from units
inner join folded
    on units.unit = folded.unit and units.unit_code = folded.unit_code
inner join int_personas on units.customer_code = int_personas.customer_code
