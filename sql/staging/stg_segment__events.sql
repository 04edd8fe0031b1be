-- One row per Segment call: page views, screens, tracked events, and calls that
-- only link identifiers (no activity).
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       messageId
-- written_at     when it happened, as it is written; where only the device's clock says
--                so, mended by how wrong that was
-- activity       tracked name in snake case, `view_...` or `screen_...`; null for
--                calls that only link identifiers
-- channel        ads, social, email, affiliate for the landing from a campaign, else
--                app or web
-- is_customer    true: the tracker sees only customers
-- amount         properties.total, else properties.revenue
-- currency       properties.currency
-- session_key    session, if the tracker tells it
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: device, campaign, path, ip, order_id, group_id, and those
--                that the source asks for
-- reason         why the record is quarantined; null if it is good

with typed as (

    -- In a warehouse it is the table that says what a call is.
    select
        * exclude (event_type),
        coalesce(
            event_type,
            case
                when event_name is not null then 'track'
                when previous_id is not null then 'alias'
                when path is not null then 'page'
                when page_name is not null then 'screen'
                when group_id is not null then 'group'
                when coalesce(user_id, anonymous_id) is not null then 'identify'
            end
        ) as event_type
    from raw_segment

),

named as (

    select
        *,
        case event_type
            when 'track' then slug(event_name)
            when 'page' then 'view_' || slug(coalesce(page_name, 'page'))
            when 'screen' then 'screen_' || slug(coalesce(page_name, 'screen'))
        end as activity,
        case
            when occurred_at is not null then occurred_at
            when received_at is not null and sent_at is not null
                then
                    coalesce(
                        strftime(
                            instant(received_at, 'UTC')
                            - (instant(sent_at, 'UTC') - instant(created_at, 'UTC')),
                            '%Y-%m-%d %H:%M:%S.%f+00'
                        ),
                        created_at
                    )
            else created_at
        end as written_at,
        case when event_type = 'alias' then previous_id end as alias
    from typed

)

select
    source,
    sha256,
    record_index,
    message_id as event_id,
    written_at,
    activity,
    case
        when
            channel_of_medium(campaign_medium)
            in ('ads', 'social', 'email', 'affiliate')
            then channel_of_medium(campaign_medium)
        when app is not null then 'app'
        else 'web'
    end as channel,
    true as is_customer,
    total as amount,
    currency,
    session_id as session_key,
    -- What was the id before an alias is an id of the same person: one of a user, or,
    -- as trackers make them up, one of a device.
    with_identifier(
        with_identifier(identifiers, 'user_id', alias),
        'anonymous_id',
        case
            when
                regexp_full_match(
                    lower(alias), '[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}'
                )
                then alias
        end
    ) as identifiers,
    with_extra(
        json_object(
            'device', device,
            'campaign', campaign,
            'path', path,
            'ip', ip,
            'order_id', order_id,
            'group_id', group_id
        ),
        extra
    ) as attributes,
    case
        when message_id is null then 'no messageId'
        when written_at is null then 'no time'
        when
            event_type not in ('track', 'page', 'screen', 'identify', 'alias', 'group')
            or event_type is null
            then 'unknown type of call'
        when event_type = 'track' and activity is null then 'no activity'
    end as reason
from named
