-- Events that a filter of the project leaves out. A table of its own, so that the join
-- with all events is planned for the few rows, or none, that it has.
-- key: source, sha256, record_index, event_id
--
-- source        name of the source
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- event_id      key of the event
-- rule          the first filter by name that matches, so that each event is left out
--               once

select
    stg_events.source,
    stg_events.sha256,
    stg_events.record_index,
    stg_events.event_id,
    min(cfg_filters.rule) as rule
from stg_events
inner join cfg_filters
    on
        attribute_value(stg_events.attributes, cfg_filters.attribute)
        = cfg_filters.match
        or (
            cfg_filters.is_prefix
            and starts_with(
                attribute_value(stg_events.attributes, cfg_filters.attribute),
                cfg_filters.match
            )
        )
group by
    stg_events.source,
    stg_events.sha256,
    stg_events.record_index,
    stg_events.event_id
