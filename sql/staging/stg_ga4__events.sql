-- One row per event of Google Analytics 4.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       hash of all that is told of the event when it is collected: the export
--                gives it no id
-- written_at     when it happened, as it is written
-- source_order   its place in what the browser sent at once: all of that has one time
-- version        how much is told of where its visitor came from: the finished day
--                tells more than the running one, `intraday`
-- activity       name of the event in snake case
-- channel        where it happened, web or app; of what begins a visit where that came
--                from: ads, email, social, affiliate, search, referral
-- is_customer    true: the tracker sees only customers
-- amount         revenue of a purchase, or what a refund gave back
-- currency       three letters
-- session_key    device and its session
-- identifiers    `type=value` pairs of the person, joined by the unit separator; null
--                without consent
-- attributes     JSON object: event_name, page, device, country, order_id, those of the
--                visit's campaign, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with listed as (

    select
        *,
        coalesce(
            from_json(
                event_params,
                '[{"key": "varchar", "value": {
                    "string_value": "varchar", "int_value": "varchar",
                    "float_value": "double", "double_value": "double"
                }}]'
            ),
            []
        ) as params
    from raw_ga4

),

paired as (

    select
        listed.*,
        list_transform(listed.params, lambda param: param.key) as names,
        list_transform(
            listed.params,
            lambda param: coalesce(
                param.value.string_value,
                param.value.int_value,
                cast(param.value.double_value as varchar),
                cast(param.value.float_value as varchar)
            )
        ) as texts,
        json_extract_string(
            listed.ecommerce,
            ['/purchase_revenue', '/refund_value', '/transaction_id']
        ) as money,
        json_extract_string(
            listed.event_traffic_source,
            ['/manual_medium', '/manual_source', '/manual_campaign_name']
        ) as collected,
        json_extract_string(
            listed.session_traffic_source,
            [
                '/cross_channel_campaign/medium', '/manual_campaign/medium',
                '/cross_channel_campaign/source', '/manual_campaign/source',
                '/cross_channel_campaign/campaign_name',
                '/manual_campaign/campaign_name'
            ]
        ) as attributed
    from listed

),

told as (

    select
        *,
        texts[list_position(names, 'ga_session_id')] as ga_session_id,
        texts[list_position(names, 'page_location')] as page_location,
        texts[list_position(names, 'currency')] as currency,
        event_name in ('first_visit', 'first_open', 'session_start')
        or texts[list_position(names, 'entrances')] = '1' as is_entrance,
        coalesce(money[3], texts[list_position(names, 'transaction_id')]) as order_id,
        coalesce(
            attributed[1],
            attributed[2],
            collected[1],
            texts[list_position(names, 'medium')]
        ) as medium,
        coalesce(
            attributed[3],
            attributed[4],
            collected[2],
            texts[list_position(names, 'source')]
        ) as campaign_source,
        coalesce(
            attributed[5],
            attributed[6],
            collected[3],
            texts[list_position(names, 'campaign')]
        ) as campaign
    from paired

)

select
    source,
    sha256,
    record_index,
    -- The order in which params are listed says nothing.
    sha256(to_json([
        stream_id,
        user_pseudo_id,
        event_name,
        occurred_at,
        bundle_id,
        batch_page_id,
        batch_ordering_id,
        batch_event_index,
        cast(list_sort(list_zip(names, texts)) as varchar)
    ])) as event_id,
    occurred_at as written_at,
    -- A visit begins before its first page, though all are sent with one time.
    case
        when event_name in ('first_visit', 'first_open') then 0
        when event_name = 'session_start' then 1
        else
            coalesce(
                try_cast(batch_page_id as bigint) * 1000000
                + coalesce(try_cast(batch_ordering_id as bigint), 0) * 1000
                + coalesce(try_cast(batch_event_index as bigint), 0),
                2
            )
    end as source_order,
    cast(
        cast(json_extract_string(first_traffic_source, '/source') is not null as int)
        + cast(coalesce(attributed[1], attributed[2]) is not null as int) as varchar
    ) as version,
    slug(event_name) as activity,
    coalesce(
        case when is_entrance then channel_of_medium(medium) end,
        case when platform in ('ANDROID', 'IOS') then 'app' else 'web' end
    ) as channel,
    true as is_customer,
    case event_name when 'purchase' then money[1] when 'refund' then money[2] end
        as amount,
    currency,
    coalesce(stream_id, '') || ':' || user_pseudo_id || ':' || ga_session_id
        as session_key,
    identifiers,
    with_extra(
        json_object(
            'event_name', event_name,
            'page', page_path(page_location),
            'device', json_extract_string(device, '/category'),
            'country', json_extract_string(geo, '/country'),
            'order_id', nullif(order_id, '(not set)'),
            'medium', medium,
            'campaign_source', campaign_source,
            'campaign', campaign
        ),
        extra
    ) as attributes,
    case
        when event_name is null then 'no event_name'
        when occurred_at is null then 'no time'
    end as reason
from told
