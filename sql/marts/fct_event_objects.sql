-- The objects of each event in a journey: its customer, its journey, and those that
-- [objects] names. Empty without that section.
-- key: event_id, object_type, object_id
--
-- event_id     key of the event
-- object_type  customer, journey, or as the project names it: order, ticket, ...
-- object_id    its id
-- qualifier    what it is to the event: by default its type

with linked as (

    select
        event_number,
        object_type,
        object_id,
        qualifier
    from int_event_objects
    where event_number between $first_event and $last_event
    union all
    select
        int_event_log.event_number,
        'customer' as object_type,
        int_customers.customer_id as object_id,
        'customer' as qualifier
    from int_event_log
    inner join int_customers
        on int_event_log.customer_code = int_customers.customer_code
    where
        int_event_log.event_number between $first_event and $last_event
        and exists (select cfg_objects.object_type from cfg_objects)
    union all
    select
        int_event_journey.event_number,
        'journey' as object_type,
        int_journeys.journey_id as object_id,
        'journey' as qualifier
    from int_event_journey
    inner join int_journeys
        on
            int_event_journey.journey_code = int_journeys.journey_code
            and int_event_journey.journey_kind = 'main'
    where
        int_event_journey.event_number between $first_event and $last_event
        and exists (select cfg_objects.object_type from cfg_objects)

)

select
    int_event_log.event_id,
    linked.object_type,
    linked.object_id,
    linked.qualifier
from linked
inner join int_event_log
    on
        linked.event_number = int_event_log.event_number
        and int_event_log.event_number between $first_event and $last_event
order by int_event_log.event_number, linked.object_type, linked.object_id
