-- The objects that events are about. Empty without the section [objects].
-- key: object_type, object_id
--
-- object_type  customer, journey, or as the project names it: order, ticket, ...
-- object_id    its id
-- first_at     when it was first seen, UTC
-- last_at      when it was last seen, UTC
-- events       events with it
-- journeys     journeys with it
-- customers    customers with it

select
    fct_event_objects.object_type,
    fct_event_objects.object_id,
    min(fct_events.occurred_at) as first_at,
    max(fct_events.occurred_at) as last_at,
    count(*) as events,
    count(distinct fct_events.journey_id) as journeys,
    count(distinct fct_events.customer_id) as customers
from fct_event_objects
inner join fct_events on fct_event_objects.event_id = fct_events.event_id
group by fct_event_objects.object_type, fct_event_objects.object_id
order by fct_event_objects.object_type, fct_event_objects.object_id
