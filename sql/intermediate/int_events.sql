-- One row per event of a good record, duplicates resolved, with the person it concerns
-- and the rule that leaves it out.
-- key: event_id
--
-- event_id           key of the event; copies that a source keeps end in #2, #3, ...
-- source             name of the source
-- source_system      kind of system
-- occurred_at        when it happened, UTC
-- time_flag          day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order       the source's own order of events at the same time
-- activity           what happened; null if the record only links identifiers
-- channel            where it happened
-- is_customer        whether the customer acted, not the company
-- amount             money, in `currency`
-- currency           three letters
-- case_id            journey that the source itself gives
-- session_key        session that the source itself gives
-- identifiers        `type=value` pairs of the person, joined by the unit separator: of
--                    the event, else of its case
-- owner_identifiers  of its case, else of the event
-- attributes         JSON object of further declared values
-- rule               why it is in no journey: after_as_of, a filter of the project,
--                    identity_only, no_identifier, or lifecycle: a state of an activity
--                    of which another event tells the end; null if it is in one

select
    copy_key(int_kept.event_id, int_kept.copy_index) as event_id,
    int_kept.source,
    int_kept.source_system,
    int_kept.occurred_at,
    int_kept.time_flag,
    int_kept.source_order,
    int_kept.activity,
    int_kept.channel,
    int_kept.is_customer,
    int_kept.amount,
    int_kept.currency,
    int_kept.case_id,
    int_kept.session_key,
    coalesce(int_kept.identifiers, int_cases.identifiers) as identifiers,
    coalesce(int_cases.identifiers, int_kept.identifiers) as owner_identifiers,
    int_kept.attributes,
    case
        when int_kept.occurred_at > $as_of then 'after_as_of'
        when int_filtered.rule is not null then int_filtered.rule
        when int_kept.activity is null then 'identity_only'
        when int_kept.identifiers is null and int_cases.identifiers is null
            then 'no_identifier'
        when int_activity_instances.is_part then 'lifecycle'
    end as rule
from int_kept
left join int_cases on int_kept.case_id = int_cases.case_id
left join int_filtered
    on
        int_kept.source = int_filtered.source
        and int_kept.sha256 = int_filtered.sha256
        and int_kept.record_index = int_filtered.record_index
        and int_kept.event_id = int_filtered.event_id
left join int_activity_instances
    on
        copy_key(int_kept.event_id, int_kept.copy_index)
        = int_activity_instances.event_id
