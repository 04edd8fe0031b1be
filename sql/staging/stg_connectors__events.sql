-- What the connectors' models tell, completed: times read, money read, keys made, and
-- records set aside that lack what an event needs.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- source_system  kind of system
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       key of the event: the connector's, or a hash of all that it tells
-- occurred_at    when it happened, UTC; null if `reason` says so, or nothing happened
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order   the source's own order of events at the same time
-- version        the greatest version of an event wins
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
-- reason         why the record is quarantined; null if it is good

with completed as (

    select
        stg_told.*,
        cfg_sources.source_system,
        cfg_sources.default_channel,
        cfg_sources.project_currency,
        cfg_sources.prefix || stg_told.activity as named,
        instant(trim(stg_told.written_at), cfg_sources.timezone) as instant_at,
        time_flag(
            trim(stg_told.written_at),
            cfg_sources.timezone,
            cfg_sources.clock_changes,
            instant_at
        ) as time_flag,
        try_cast(stg_told.amount as decimal(18, 4)) as amount_number
    from stg_told
    inner join cfg_sources on stg_told.source = cfg_sources.source

)

select
    completed.source,
    completed.source_system,
    completed.sha256,
    completed.record_index,
    event_key(
        completed.source,
        completed.event_id,
        null,
        case
            when completed.event_id is null then to_json({
                'written_at': completed.written_at,
                'source_order': completed.source_order,
                'activity': completed.activity,
                'channel': completed.channel,
                'resource': completed.resource,
                'amount': completed.amount,
                'currency': completed.currency,
                'session_key': completed.session_key,
                'identifiers': completed.identifiers,
                'attributes': completed.attributes
            })
        end
    ) as event_id,
    completed.instant_at as occurred_at,
    completed.time_flag,
    completed.source_order,
    completed.version,
    completed.named as activity,
    coalesce(completed.channel, completed.default_channel) as channel,
    coalesce(completed.is_customer, cfg_company.activity is null) as is_customer,
    completed.lifecycle,
    completed.instance,
    completed.resource,
    completed.amount_number as amount,
    coalesce(upper(trim(completed.currency)), completed.project_currency) as currency,
    completed.case_id,
    completed.session_key,
    completed.identifiers,
    completed.attributes,
    case
        when completed.reason is not null then completed.reason
        -- What only links identifiers needs no time.
        when completed.written_at is null and completed.activity is not null
            then 'no time'
        when completed.written_at is not null and completed.instant_at is null
            then 'time not readable'
        when completed.amount is not null and completed.amount_number is null
            then 'amount is no number'
    end as reason
from completed
left join cfg_company
    on
        completed.source = cfg_company.source
        and completed.named = cfg_company.activity
