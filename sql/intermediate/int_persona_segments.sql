-- Customers by each segment that may stand in for personas; none if there are personas.
-- key: segment, segment_value
--
-- segment        channel, device, or one that the project declares
-- segment_value  its value
-- customers      customers with it
-- settled        of those, first seen so long ago that silence would have ended their
--                first journey
-- converters     of the settled, those who reached the goal

with settled as (

    select
        int_customers.customer_code,
        int_customers.first_us <= $as_of_us - $inactivity_us as is_settled,
        coalesce(bool_or(int_journeys.outcome = 'converted'), false) as is_converter
    from int_customers
    left join int_journeys
        on
            int_customers.customer_code = int_journeys.customer_code
            and int_journeys.journey_kind = 'main'
    where not exists (select 1 from py_persona_profiles)
    group by int_customers.customer_code, int_customers.first_us

)

select
    cfg_segments.segment,
    int_units.segment_values[cfg_segments.segment_index] as segment_value,
    count(*) as customers,
    count(*) filter (where settled.is_settled) as settled,
    count(*) filter (where settled.is_settled and settled.is_converter) as converters
from settled
inner join int_units
    on int_units.unit = 'customer' and settled.customer_code = int_units.unit_code
inner join cfg_segments on cfg_segments.segment not in ('outcome', 'month')
group by cfg_segments.segment, segment_value
