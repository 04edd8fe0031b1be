-- The attributes of events that slice the marts.
-- key: event_number, segment_index
--
-- event_number   event in the log
-- segment_index  position of the segment in cfg_segments
-- segment_value  value on this event; events without one are not here

select
    int_event_log.event_number,
    cfg_segments.segment_index,
    nullif(trim(attribute_value(int_event_log.attributes, cfg_segments.segment)), '')
        as segment_value
from int_event_log
cross join cfg_segments
where
    cfg_segments.is_attribute
    and nullif(
        trim(attribute_value(int_event_log.attributes, cfg_segments.segment)), ''
    )
    is not null
