-- One row per Segment call: page views, screens, tracked events, and calls that
-- only link identifiers (no activity).
-- key: sha256, record_index
--
-- source         name of the source in the project file
-- source_system  kind of system
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       key of the event, from messageId
-- occurred_at    when it happened, UTC; null if `reason` says so
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order   always null: Segment states none
-- version        always null: a message is never rewritten
-- activity       tracked name in snake case, `view_...` or `screen_...`; null for
--                calls that only link identifiers
-- channel        ads, social, email, affiliate for the landing from a campaign, else
--                app or web
-- is_customer    true: the tracker sees only customers
-- lifecycle      always null
-- instance       always null
-- resource       always null
-- amount         properties.total
-- currency       properties.currency
-- case_id        always null
-- session_key    always null
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: device, campaign, path, ip, order_id, and those that the
--                source asks for
-- reason         why the record is quarantined; null if it is good

with typed as (

    select
        raw_segment.*,
        cfg_sources.source_system,
        cfg_sources.project_currency,
        instant(raw_segment.occurred_at, cfg_sources.timezone) as instant_at,
        time_flag(
            raw_segment.occurred_at,
            cfg_sources.timezone,
            cfg_sources.clock_changes,
            instant_at
        ) as time_flag,
        try_cast(raw_segment.total as decimal(18, 4)) as amount_number,
        case raw_segment.event_type
            when 'track' then slug(raw_segment.event_name)
            when 'page' then 'view_' || slug(coalesce(raw_segment.page_name, 'page'))
            when 'screen'
                then 'screen_' || slug(coalesce(raw_segment.page_name, 'screen'))
        end as named
    from raw_segment
    inner join cfg_sources on raw_segment.source = cfg_sources.source

)

select
    source,
    source_system,
    sha256,
    record_index,
    event_key(source, message_id, null, null) as event_id,
    instant_at as occurred_at,
    time_flag,
    cast(null as bigint) as source_order,
    cast(null as varchar) as version,
    named as activity,
    case
        when campaign_medium in ('cpc', 'ppc', 'display') then 'ads'
        when campaign_medium in ('social', 'email', 'affiliate') then campaign_medium
        when app is not null then 'app'
        else 'web'
    end as channel,
    true as is_customer,
    cast(null as varchar) as lifecycle,
    cast(null as varchar) as instance,
    cast(null as varchar) as resource,
    amount_number as amount,
    coalesce(upper(trim(currency)), project_currency) as currency,
    cast(null as varchar) as case_id,
    cast(null as varchar) as session_key,
    nullif(
        concat_ws(
            chr(31),
            'anonymous_id=' || anonymous_id,
            'user_id=' || user_id,
            'user_id=' || case when event_type = 'alias' then previous_id end,
            'email=' || lower(trim(email))
        ),
        ''
    ) as identifiers,
    case
        when extra is null
            then
                cast(
                    json_object(
                        'device', device,
                        'campaign', campaign,
                        'path', path,
                        'ip', ip,
                        'order_id', order_id
                    ) as varchar
                )
        else
            cast(
                json_merge_patch(
                    json_object(
                        'device', device,
                        'campaign', campaign,
                        'path', path,
                        'ip', ip,
                        'order_id', order_id
                    ),
                    extra
                ) as varchar
            )
    end as attributes,
    case
        when message_id is null then 'no messageId'
        when occurred_at is null then 'no time'
        when instant_at is null then 'time not readable'
        when
            event_type not in ('track', 'page', 'screen', 'identify', 'alias', 'group')
            or event_type is null
            then 'unknown type of call'
        when event_type = 'track' and named is null then 'no activity'
        when total is not null and amount_number is null then 'amount is no number'
    end as reason
from typed
