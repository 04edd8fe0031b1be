-- One row per event of a good record, duplicates resolved, with the person it concerns
-- and the rule that leaves it out.
-- key: event_id
--
-- event_id           key of the event; copies that a source keeps end in #2, #3, ...
-- source             name of the source
-- source_system      kind of system
-- occurred_at        when it happened, UTC
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
--                    identity_only or no_identifier; null if it is in one

with matched as (

    -- The first rule by name counts, so that each event is left out once.
    select
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
    group by stg_events.sha256, stg_events.record_index, stg_events.event_id

)

select
    case
        when int_repeats.copy_index > 1
            then stg_events.event_id || '#' || int_repeats.copy_index
        else stg_events.event_id
    end as event_id,
    stg_events.source,
    stg_events.source_system,
    stg_events.occurred_at,
    stg_events.source_order,
    stg_events.activity,
    stg_events.channel,
    stg_events.is_customer,
    stg_events.amount,
    stg_events.currency,
    stg_events.case_id,
    stg_events.session_key,
    coalesce(stg_events.identifiers, int_cases.identifiers) as identifiers,
    coalesce(int_cases.identifiers, stg_events.identifiers) as owner_identifiers,
    stg_events.attributes,
    case
        when stg_events.occurred_at > $as_of then 'after_as_of'
        when matched.rule is not null then matched.rule
        when stg_events.activity is null then 'identity_only'
        when stg_events.identifiers is null and int_cases.identifiers is null
            then 'no_identifier'
    end as rule
from stg_events
anti join int_rejected
    on
        stg_events.sha256 = int_rejected.sha256
        and stg_events.record_index = int_rejected.record_index
        and stg_events.source = int_rejected.source
left join int_repeats
    on
        stg_events.sha256 = int_repeats.sha256
        and stg_events.record_index = int_repeats.record_index
        and stg_events.event_id = int_repeats.event_id
left join int_cases on stg_events.case_id = int_cases.case_id
left join matched
    on
        stg_events.sha256 = matched.sha256
        and stg_events.record_index = matched.record_index
        and stg_events.event_id = matched.event_id
where int_repeats.is_lost is null or not int_repeats.is_lost
