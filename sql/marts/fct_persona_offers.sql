-- Where customers show no clear structure: up to three segments to look at instead of
-- personas, value by value; none if there are personas.
-- key: segment, segment_value
--
-- place            of the segment, from 1: the one whose values convert most unlike
-- segment          channel, device, or one that the project declares
-- segment_value    its value
-- strength         how unlike its values convert, 0 to 1: Cramer's V, corrected for
--                  chance (Bergsma 2013); the same for all values
-- customers        customers with the value
-- share            of all customers, 0 to 1
-- settled          of the customers, first seen so long ago that silence would have
--                  ended their first journey
-- converted        of the settled, those who reached the goal
-- conversion_rate  converted / settled
-- conversion_low   its 95 % Wilson interval
-- conversion_high  its 95 % Wilson interval
-- other_rate       conversion_rate of all other values
-- difference       conversion_rate - other_rate
-- difference_low   its 95 % interval; null under 5 customers on a side
-- difference_high  its 95 % interval
-- q_value          chance of such a difference without one, after Benjamini and
--                  Hochberg (1995) over all rows

select
    py_persona_offers.place,
    py_persona_offers.segment,
    py_persona_offers.segment_value,
    py_persona_offers.strength,
    int_persona_segments.customers,
    int_persona_segments.customers / nullif(
        cast(
            sum(int_persona_segments.customers) over (
                partition by py_persona_offers.segment
            ) as bigint
        ),
        0
    ) as share,
    int_persona_segments.settled,
    int_persona_segments.converters as converted,
    int_persona_segments.converters / nullif(int_persona_segments.settled, 0)
        as conversion_rate,
    wilson_low(int_persona_segments.converters, int_persona_segments.settled)
        as conversion_low,
    wilson_high(int_persona_segments.converters, int_persona_segments.settled)
        as conversion_high,
    py_persona_offers.other_rate,
    py_persona_offers.difference,
    py_persona_offers.difference_low,
    py_persona_offers.difference_high,
    py_persona_offers.q_value
from py_persona_offers
inner join int_persona_segments
    on
        py_persona_offers.segment = int_persona_segments.segment
        and py_persona_offers.segment_value = int_persona_segments.segment_value
order by
    py_persona_offers.place asc,
    int_persona_segments.customers desc,
    py_persona_offers.segment_value asc
