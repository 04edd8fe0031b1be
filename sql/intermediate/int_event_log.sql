-- The event log: one row per event in a journey, sorted once; all below are scans.
-- key: event_number
--
-- event_number   position in the whole log, from 1: by owner of the journey, time,
--                source, the source's own order, event_id
-- customer_code  number of the customer
-- owner_code     number of the customer of the event's case; the customer where no
--                case is given
-- event_id       key of the event
-- occurred_at    when it happened, UTC
-- occurred_us    the same in microseconds since 1970
-- source_order   the source's own order of events at the same time
-- activity_code  what happened
-- channel        where it happened
-- is_customer    whether the customer acted, not the company
-- source         name of the source
-- source_system  kind of system
-- amount         money, in the project's currency; null if in another
-- rule_code      what a rule says of it: `rule_index` in cfg_rules; 0 if none matches
-- case_id        journey that the source itself gives
-- session_key    session that the source itself gives
-- attributes     further declared values
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null

with placed as (

    select
        py_ruled_events.*,
        own.customer_code,
        case
            when py_ruled_events.owner_identifiers = py_ruled_events.identifiers
                then own.customer_code
            else owners.customer_code
        end as owner_code,
        int_activities.activity_code
    from py_ruled_events
    inner join int_activities on py_ruled_events.activity = int_activities.activity
    inner join int_set_customers as own
        on py_ruled_events.identifiers = own.identifiers
    left join int_set_customers as owners
        on
            py_ruled_events.owner_identifiers = owners.identifiers
            and py_ruled_events.owner_identifiers <> py_ruled_events.identifiers
    where py_ruled_events.rule is null

),

sorted as (

    select *
    from placed
    order by owner_code, occurred_at, source, source_order nulls last, event_id

)

-- `over ()` numbers the rows as they come, without a second sort.
select
    row_number() over () as event_number,
    customer_code,
    owner_code,
    event_id,
    occurred_at,
    epoch_us(occurred_at) as occurred_us,
    source_order,
    activity_code,
    channel,
    is_customer,
    source,
    source_system,
    case when currency = $currency then amount end as amount,
    rule_code,
    case_id,
    session_key,
    attributes,
    time_flag
from sorted
