-- One row per event of Snowplow: views, structured and self-describing events. Page
-- pings, lines of orders and what robots do tell no event (no activity).
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       event_id and fingerprint: several events may bear one id, but only an
--                event that was sent twice has the same fingerprint, too
-- written_at     derived_tstamp, else collector_tstamp
-- activity       name of the event in snake case: page_view, transaction, ...; of a
--                structured one category and action, of a shop's plugin its type
-- channel        ads, email, social, affiliate, search, referral where a campaign or a
--                referrer tells it, else app or web
-- is_customer    true: the tracker sees only customers
-- amount         total of an order
-- currency       three letters
-- session_key    domain_sessionid, in an app that of the client
-- identifiers    `type=value` pairs of the person, joined by the unit separator; none
--                of robots
-- attributes     JSON object: app, page, device, country, order_id, campaign, and those
--                that the source asks for
-- reason         why the record is quarantined; null if it is good

with entities as (

    select
        *,
        from_json(
            case when json_valid(contexts) then json_extract(contexts, '/data') end,
            '[{"schema": "varchar", "data": "json"}]'
        ) as told,
        case
            when json_valid(self_describing)
                then json_extract_string(self_describing, '/data/data/type')
        end as action_type,
        coalesce(
            browser_type = 'Robot'
            or regexp_matches(derived_contexts, '"spiderOrRobot"\s*:\s*true'),
            false
        ) as is_robot
    from raw_snowplow

),

found as (

    select
        entities.*,
        list_filter(
            entities.told,
            lambda entity: contains(entity.schema, 'ecommerce/transaction/')
        )[1].data as bought,
        list_filter(
            entities.told, lambda entity: contains(entity.schema, '/client_session/')
        )[1].data as client
    from entities

),

named as (

    select
        *,
        coalesce(event_name, event) as name,
        case
            when is_robot or event in ('page_ping', 'transaction_item') then null
            when event = 'struct' then slug(concat_ws(' ', category, action))
            when event_name = 'snowplow_ecommerce_action'
                then slug(coalesce(action_type, event_name))
            else slug(coalesce(event_name, event))
        end as activity
    from found

)

select
    source,
    sha256,
    record_index,
    concat_ws(':', event_id, fingerprint) as event_id,
    coalesce(derived_at, collected_at) as written_at,
    activity,
    coalesce(
        channel_of_medium(campaign_medium),
        channel_of_medium(referrer_medium),
        case when platform in ('mob', 'app', 'tv', 'cnsl') then 'app' else 'web' end
    ) as channel,
    true as is_customer,
    coalesce(total, json_extract_string(bought, '/revenue')) as amount,
    coalesce(currency, json_extract_string(bought, '/currency')) as currency,
    coalesce(session_id, json_extract_string(client, '/sessionId')) as session_key,
    case
        when not is_robot
            then
                with_identifier(
                    identifiers,
                    'snowplow_device_id',
                    json_extract_string(client, '/userId')
                )
    end as identifiers,
    with_extra(
        json_object(
            'app', app_id,
            'page', page,
            'device', lower(device),
            'country', country,
            'order_id',
            coalesce(order_id, json_extract_string(bought, '/transaction_id')),
            'campaign_source', campaign_source,
            'campaign', campaign
        ),
        extra
    ) as attributes,
    case
        when event_id is null then 'no event_id'
        when name is null then 'no event'
        when coalesce(derived_at, collected_at) is null then 'no time'
        when activity = '' then 'no activity'
    end as reason
from named
