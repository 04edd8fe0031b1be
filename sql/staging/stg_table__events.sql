-- One row per record of a table whose columns the project file names.
-- key: sha256, record_index
--
-- source         name of the source in the project file
-- source_system  kind of system: web, crm, support, ...
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       key of the event: the source's id, or a hash of all declared values
-- occurred_at    when it happened, UTC; null if `reason` says so
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order   the source's own order of events at the same time
-- version        the greatest version of an event wins
-- activity       what happened
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
-- attributes     JSON object of further declared values; null without any
-- reason         why the record is quarantined; null if it is good

with defaults as (

    select
        raw_table.*,
        cfg_sources.source_system,
        cfg_sources.prefix || trim(raw_table.activity) as named,
        coalesce(trim(raw_table.channel), cfg_sources.default_channel) as touched,
        coalesce(upper(trim(raw_table.currency)), cfg_sources.project_currency)
            as money,
        instant(trim(raw_table.occurred_at), cfg_sources.timezone) as instant_at,
        time_flag(
            trim(raw_table.occurred_at),
            cfg_sources.timezone,
            cfg_sources.clock_changes,
            instant_at
        ) as time_flag,
        try_cast(raw_table.source_order as bigint) as order_number,
        try_cast(raw_table.amount as decimal(18, 4)) as amount_number
    from raw_table
    inner join cfg_sources on raw_table.source = cfg_sources.source

)

select
    defaults.source,
    defaults.source_system,
    defaults.sha256,
    defaults.record_index,
    event_key(
        defaults.source,
        trim(defaults.event_id),
        null,
        case
            when defaults.event_id is null then to_json({
                'occurred_at': defaults.occurred_at,
                'activity': defaults.activity,
                'channel': defaults.channel,
                'source_order': defaults.source_order,
                'version': defaults.version,
                'actor': defaults.actor,
                'lifecycle': lifecycle_of(
                    defaults.lifecycle, defaults.instance
                ),
                'resource': defaults.resource,
                'amount': defaults.amount,
                'currency': defaults.currency,
                'session_key': defaults.session_key,
                'case_id': defaults.case_id,
                'record_key': defaults.record_key,
                'identifiers': defaults.identifiers,
                'attributes': defaults.attributes
            })
        end
    ) as event_id,
    defaults.instant_at as occurred_at,
    defaults.time_flag,
    defaults.order_number as source_order,
    defaults.version,
    defaults.named as activity,
    defaults.touched as channel,
    case
        when defaults.actor is null then cfg_company.activity is null
        else lower(trim(defaults.actor)) in (
            'customer', 'user', 'end-user', 'requester', 'contact', 'visitor'
        )
    end as is_customer,
    defaults.lifecycle,
    defaults.instance,
    defaults.resource,
    defaults.amount_number as amount,
    defaults.money as currency,
    defaults.case_id,
    defaults.session_key,
    defaults.identifiers,
    defaults.attributes,
    case
        when defaults.occurred_at is null then 'no time'
        when defaults.instant_at is null then 'time not readable'
        when defaults.named is null then 'no activity'
        when defaults.amount is not null and defaults.amount_number is null
            then 'amount is no number'
        when defaults.source_order is not null and defaults.order_number is null
            then 'order is no whole number'
    end as reason
from defaults
left join cfg_company
    on
        defaults.source = cfg_company.source
        and defaults.named = cfg_company.activity
