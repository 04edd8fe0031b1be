-- Staged events that count: of good records, and of an event that several records tell
-- only the telling that wins. A view, beside `stg_events`.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       key of the event
-- copy_index     place among the tellings of the event, from 1; null if there is one
-- source_system  kind of system
-- occurred_at    when it happened, UTC
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order   the source's own order of events at the same time
-- activity       what happened; null if the record only links identifiers
-- channel        where it happened
-- is_customer    whether the customer acted, not the company
-- lifecycle      start, complete, ...: state of the activity
-- instance       which of its executions: the same from its start to its end
-- resource       who or what did it on the company's side
-- amount         money, in `currency`
-- currency       three letters
-- case_id        journey that the source itself gives
-- session_key    session that the source itself gives
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object of further declared values

select
    stg_events.source,
    stg_events.sha256,
    stg_events.record_index,
    stg_events.event_id,
    int_repeats.copy_index,
    stg_events.source_system,
    stg_events.occurred_at,
    stg_events.time_flag,
    stg_events.source_order,
    stg_events.activity,
    stg_events.channel,
    stg_events.is_customer,
    stg_events.lifecycle,
    stg_events.instance,
    stg_events.resource,
    stg_events.amount,
    stg_events.currency,
    stg_events.case_id,
    stg_events.session_key,
    stg_events.identifiers,
    stg_events.attributes
from stg_events
anti join int_rejected
    on
        stg_events.source = int_rejected.source
        and stg_events.sha256 = int_rejected.sha256
        and stg_events.record_index = int_rejected.record_index
left join int_repeats
    on
        stg_events.source = int_repeats.source
        and stg_events.sha256 = int_repeats.sha256
        and stg_events.record_index = int_repeats.record_index
        and stg_events.event_id = int_repeats.event_id
where int_repeats.is_lost is null or not int_repeats.is_lost
