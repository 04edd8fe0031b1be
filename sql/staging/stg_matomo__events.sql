-- One row per action of a visit that Matomo saw; a visit without any tells only
-- who came (no activity).
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       site, visit and action: a visit that goes on is exported again
-- written_at     time of the action
-- source_order   position of the action in its visit, from 1
-- version        time of the last action of the visit: the newest export wins
-- activity       page_view, file_download, link_click, site_search, category and action
--                of an event, goal_<name>, order_placed, cart_left
-- channel        of the first action where the visit came from: search, social,
--                referral, or the medium of a campaign; else web
-- is_customer    true: the tracker sees only customers
-- amount         revenue of an order or a goal
-- currency       that of the site
-- session_key    site and visit
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: page, device, country, order_id, campaign, and those that
--                the source asks for
-- reason         why the record is quarantined; null if it is good

with listed as (

    select
        *,
        from_json(
            case when json_valid(actions) then actions end,
            '[{
                "type": "varchar", "url": "varchar", "pageId": "varchar",
                "timestamp": "varchar", "eventCategory": "varchar",
                "eventAction": "varchar", "goalName": "varchar", "goalId": "varchar",
                "revenue": "varchar", "orderId": "varchar"
            }]'
        ) as steps
    from raw_matomo

),

told as (

    select
        *,
        unnest(coalesce(nullif(steps, []), [null])) as step,
        unnest(range(1, greatest(len(steps), 1) + 1)) as position
    from listed

),

named as (

    select
        *,
        step['type'] as kind,
        step['url'] as address,
        coalesce(site_id, '') || ':' || visit_id as visit,
        case step['type']
            when 'action' then 'page_view'
            when 'download' then 'file_download'
            when 'outlink' then 'link_click'
            when 'search' then 'site_search'
            when 'goal' then concat_ws('_', 'goal', slug(step['goalName']))
            when 'ecommerceOrder' then 'order_placed'
            when 'ecommerceAbandonedCart' then 'cart_left'
            when 'event'
                then slug(concat_ws(' ', step['eventCategory'], step['eventAction']))
            else slug(step['type'])
        end as activity
    from told

)

select
    source,
    sha256,
    record_index,
    concat_ws(
        ':',
        visit,
        kind,
        case kind
            when 'ecommerceOrder' then step['orderId']
            when 'goal' then concat_ws(':', step['goalId'], step['timestamp'])
            -- The cart is left as the visit ends, of which there is one.
            when 'ecommerceAbandonedCart' then null
            else coalesce(step['pageId'], cast(position as varchar))
        end
    ) as event_id,
    coalesce(epoch_time(step['timestamp'], 1000000), step['timestamp']) as written_at,
    position as source_order,
    last_action_at as version,
    activity,
    case
        when position > 1 then 'web'
        when referrer_type = 'website' then 'referral'
        when referrer_type in ('search', 'social') then referrer_type
        else
            coalesce(
                channel_of_medium(query_value(address, 'mtm_medium')),
                channel_of_medium(query_value(address, 'utm_medium')),
                'web'
            )
    end as channel,
    true as is_customer,
    case when kind in ('ecommerceOrder', 'goal') then step['revenue'] end as amount,
    currency,
    visit as session_key,
    identifiers,
    with_extra(
        json_object(
            'page', page_path(address),
            'device', lower(device),
            'country', country,
            'order_id', step['orderId'],
            'campaign', case when referrer_type = 'campaign' then campaign end
        ),
        extra
    ) as attributes,
    case
        when visit_id is null then 'no idVisit'
        when actions is not null and steps is null then 'actions are no list'
        when step is not null and activity is null then 'no type of action'
    end as reason
from named
