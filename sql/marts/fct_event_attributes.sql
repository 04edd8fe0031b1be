-- The attributes of events, of the sources that publish them: XES logs, unless they set
-- `publish_attributes = false`, and those that set it to true.
-- key: event_id
--
-- event_id    key of the event
-- attributes  JSON object of texts; unknown values are left out
-- kinds       JSON object of what those are that an event log does not call strings:
--             date, int, float, boolean, id, list, container; null if there are none

select
    int_event_log.event_id,
    -- A patch leaves out what is null.
    cast(
        json_merge_patch(
            json_merge_patch('{}', int_event_log.attributes), '{"@kinds": null}'
        ) as varchar
    ) as attributes,
    attribute_value(int_event_log.attributes, '@kinds') as kinds
from int_event_log
inner join cfg_sources
    on
        int_event_log.source = cfg_sources.source
        and cfg_sources.publishes_attributes
where int_event_log.attributes is not null
order by int_event_log.event_number
