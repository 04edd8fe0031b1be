-- The value of each attribute segment per unit: the first one in its own events.
-- key: unit, unit_code, segment_index
--
-- unit           customer, journey or session
-- unit_code      number of the unit
-- segment_index  position of the segment in cfg_segments
-- segment_value  value; units without one are not here

select
    'customer' as unit,
    int_event_log.customer_code as unit_code,
    int_event_segments.segment_index,
    arg_min(
        int_event_segments.segment_value,
        (int_event_log.occurred_us, int_event_log.event_number)
    ) as segment_value
from int_event_segments
inner join int_event_log
    on int_event_segments.event_number = int_event_log.event_number
group by int_event_log.customer_code, int_event_segments.segment_index
union all
select
    'journey' as unit,
    int_event_journey.journey_code as unit_code,
    int_event_segments.segment_index,
    arg_min(int_event_segments.segment_value, int_event_segments.event_number)
        as segment_value
from int_event_segments
inner join int_event_journey
    on int_event_segments.event_number = int_event_journey.event_number
group by int_event_journey.journey_code, int_event_segments.segment_index
union all
select
    'session' as unit,
    int_event_session.session_code as unit_code,
    int_event_segments.segment_index,
    arg_min(int_event_segments.segment_value, int_event_segments.event_number)
        as segment_value
from int_event_segments
inner join int_event_session
    on int_event_segments.event_number = int_event_session.event_number
where 'session' in (select cfg_funnels.unit from cfg_funnels)
group by int_event_session.session_code, int_event_segments.segment_index
