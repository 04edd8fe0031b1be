-- The events of every unit that a funnel may count. Not stored: each funnel reads the
-- activities of its own from the one kind of unit that it counts.
-- key: unit, journey_kind, unit_code, event_number
--
-- unit           customer, journey or session
-- journey_kind   kind of the journey; `main` for other units
-- unit_code      number of the unit
-- event_number   event in the log
-- occurred_us    when, in microseconds since 1970
-- source_order   the source's own order of events at the same time
-- activity_code  what happened
-- is_customer    whether the customer acted, not the company

select
    'customer' as unit,
    'main' as journey_kind,
    customer_code as unit_code,
    event_number,
    occurred_us,
    source_order,
    activity_code,
    is_customer
from int_event_log
union all
select
    'journey' as unit,
    int_event_journey.journey_kind,
    int_event_journey.journey_code as unit_code,
    int_event_log.event_number,
    int_event_log.occurred_us,
    int_event_log.source_order,
    int_event_log.activity_code,
    int_event_log.is_customer
from int_event_log
inner join int_event_journey
    on int_event_log.event_number = int_event_journey.event_number
where not int_event_journey.is_aftermath
union all
select
    'session' as unit,
    'main' as journey_kind,
    int_event_session.session_code as unit_code,
    int_event_log.event_number,
    int_event_log.occurred_us,
    int_event_log.source_order,
    int_event_log.activity_code,
    int_event_log.is_customer
from int_event_log
inner join int_event_session
    on int_event_log.event_number = int_event_session.event_number
