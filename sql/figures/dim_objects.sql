-- Events that the object takes part in: rows of fct_event_objects and fct_events.
-- key: object_type, object_id
--
-- events     rows
-- journeys   their distinct journey_id
-- customers  their distinct customer_id

select
    count(distinct fct_event_objects.event_id) as events,
    count(distinct fct_events.journey_id) as journeys,
    count(distinct fct_events.customer_id) as customers
from fct_event_objects
inner join fct_events on fct_event_objects.event_id = fct_events.event_id
where
    fct_event_objects.object_type = $object_type
    and fct_event_objects.object_id = $object_id
