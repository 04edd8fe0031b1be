-- Parts of the event log, of whole journeys and of about $events_per_round events each.
-- A model that names `$first_event` and `$last_event` is run once per part, so that it
-- needs as much memory, and as much time per event, in a log of any size.
-- key: first_event
--
-- first_event  number of its first event
-- last_event   number of its last event

with owners as (

    select min(event_number) as first_event
    from int_event_log
    group by owner_code

),

begins as (

    select min(first_event) as first_event
    from owners
    group by (first_event - 1) // $events_per_round

)

select
    first_event,
    coalesce(
        lead(first_event) over (order by first_event) - 1,
        (select max(int_event_log.event_number) from int_event_log)
    ) as last_event
from begins
order by first_event
