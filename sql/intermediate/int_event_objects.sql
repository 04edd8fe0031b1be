-- The objects that an event is about, as far as [objects] names their types.
-- key: event_number, object_type, object_id
--
-- event_number  event in the log
-- object_type   order, ticket, ...: as the project names it
-- object_id     its id
-- qualifier     what it is to the event

with told as (

    select
        int_event_log.event_number,
        cfg_objects.object_type,
        cfg_objects.qualifier,
        attribute_value(int_event_log.attributes, cfg_objects.place) as ids
    from int_event_log
    cross join cfg_objects
    where
        int_event_log.event_number between $first_event and $last_event
        and cfg_objects.place_kind = 'attribute'
        and attribute_value(int_event_log.attributes, cfg_objects.place) is not null

),

persons as (

    select
        int_event_log.event_number,
        unnest(string_split(int_events.identifiers, chr(31))) as pair
    from int_events
    inner join int_event_log on int_events.event_id = int_event_log.event_id
    where
        int_event_log.event_number between $first_event and $last_event
        and exists (
            select cfg_objects.place
            from cfg_objects
            where cfg_objects.place_kind = 'identifier'
        )

),

places as (

    select
        event_number,
        object_type,
        qualifier,
        -- A list tells several objects.
        unnest(
            case
                when starts_with(ids, '[') and json_valid(ids)
                    then from_json(ids, '["varchar"]')
                else [ids]
            end
        ) as object_id
    from told
    union all
    select
        persons.event_number,
        cfg_objects.object_type,
        cfg_objects.qualifier,
        substr(persons.pair, strpos(persons.pair, '=') + 1) as object_id
    from persons
    inner join cfg_objects
        on
            cfg_objects.place_kind = 'identifier'
            and split_part(persons.pair, '=', 1) = cfg_objects.place
    union all
    select
        int_event_log.event_number,
        cfg_objects.object_type,
        cfg_objects.qualifier,
        int_activity_instances.resource as object_id
    from int_activity_instances
    cross join cfg_objects
    inner join int_event_log
        on int_activity_instances.event_id = int_event_log.event_id
    where
        int_event_log.event_number between $first_event and $last_event
        and cfg_objects.place_kind = 'field'

)

select
    event_number,
    object_type,
    trim(object_id) as object_id,
    min(qualifier) as qualifier
from places
where trim(object_id) <> ''
group by event_number, object_type, trim(object_id)
