-- One row per event of PostHog. Calls that only link persons, autocaptured clicks,
-- feature flags and other events of its own tell no event (no activity).
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       uuid
-- written_at     timestamp
-- activity       name in snake case; of names of PostHog's own those that customers do
-- channel        of a page that a campaign led to: ads, email, social, affiliate,
--                search, referral; else app or web
-- is_customer    true: the tracker sees only customers
-- amount         total or revenue, where that is a number
-- currency       three letters
-- session_key    session_id
-- identifiers    `type=value` pairs of the person, joined by the unit separator; both
--                ids of a call that merges two, and none of robots
-- attributes     JSON object: page, device, country, order_id, campaign, and those that
--                the source asks for
-- reason         why the record is quarantined; null if it is good

with valued as (

    select
        *,
        case when json_valid(properties) then properties end as told,
        case
            when json_valid(person_properties)
                then json_extract_string(person_properties, '/email')
        end as person_email,
        case when starts_with(event, '$') then substr(event, 2) end as own_name
    from raw_posthog

),

read as (

    -- A dollar marks what PostHog itself tells.
    select
        *,
        json_extract_string(
            told,
            list_transform(
                [
                    'anon_distinct_id', 'is_identified', 'set/email', 'session_id',
                    'current_url', 'pathname', 'lib', 'device_type',
                    'geoip_country_code', 'browser_type'
                ],
                lambda name: '/$' || name
            )
        ) as own,
        json_extract_string(
            told, ['/alias', '/order_id', '/currency', '/total', '/revenue']
        ) as given
    from valued

),

named as (

    select
        read.*,
        read.own[5] as address,
        coalesce(read.own[10] = 'bot', false) as is_robot,
        case
            when read.own[10] = 'bot' then null
            when read.own_name is not null then cfg_activity_names.activity
            else slug(read.event)
        end as activity,
        case read.own_name
            when 'identify' then read.own[1]
            when 'create_alias' then read.given[1]
            when 'merge_dangerously' then read.given[1]
        end as other_id,
        coalesce(read.own_name = 'identify' or read.own[2] = 'true', false)
            as is_identified,
        -- Many give their users no other id than their address.
        case
            when
                contains(read.distinct_id, '@')
                or is_token(read.distinct_id) and starts_with(read.distinct_id, 'e_')
                then read.distinct_id
        end as address_id
    from read
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_posthog'
            and lower(read.event) = cfg_activity_names.written

)

select
    source,
    sha256,
    record_index,
    uuid as event_id,
    occurred_at as written_at,
    activity,
    coalesce(
        -- A campaign is remembered for all pages after the one that it led to.
        channel_of_medium(query_value(address, 'utm_medium')),
        case
            when regexp_matches(own[7], 'ios|android|native|flutter') then 'app'
            else 'web'
        end
    ) as channel,
    true as is_customer,
    cast(
        coalesce(
            try_cast(given[4] as decimal(18, 4)), try_cast(given[5] as decimal(18, 4))
        ) as varchar
    ) as amount,
    given[3] as currency,
    own[4] as session_key,
    case
        when not is_robot
            then
                with_identifier(
                    with_identifier(
                        with_identifier(identifiers, 'posthog_id', other_id),
                        'user_id',
                        case
                            when is_identified and address_id is null then distinct_id
                        end
                    ),
                    'email',
                    lower(coalesce(own[3], person_email, address_id))
                )
    end as identifiers,
    with_extra(
        json_object(
            'page', coalesce(own[6], page_path(address)),
            'device', lower(own[8]),
            'country', own[9],
            'order_id', given[2],
            'campaign', query_value(address, 'utm_campaign')
        ),
        extra
    ) as attributes,
    case
        when event is null then 'no event'
        when distinct_id is null then 'no distinct_id'
        when properties is not null and told is null then 'properties are no JSON'
        when occurred_at is null then 'no time'
    end as reason
from named
