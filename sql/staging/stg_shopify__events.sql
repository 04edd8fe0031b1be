-- Checkouts, orders, payments, deliveries and refunds of a Shopify shop.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened
-- source_order   an order is placed before it is cancelled
-- version        when the object was last changed: the newest export wins
-- activity       checkout_started, order_placed, order_cancelled, payment_failed,
--                order_shipped, order_<status of a parcel>, order_refunded,
--                shop_visited, customer_created; null for tests, deleted rows, payments
--                that went well, further rows of an order
-- channel        ads, social, email, ... of a visit from a campaign; else web, or shop
--                for orders at a till
-- is_customer    whether the customer acted
-- amount         total of the order, the checkout or the refund
-- currency       three letters
-- identifiers    `type=value` pairs of the person, joined by the unit separator: of
--                what belongs to an order, those of the order
-- attributes     JSON object: order_id, cart_token, checkout_token, is_completed,
--                campaign, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with owners as (

    -- Whose an order is, as its newest export tells it.
    select
        account,
        order_id,
        arg_max(identifiers, (updated_at, sha256)) as identifiers
    from raw_shopify_orders
    where identifiers is not null
    group by account, order_id

),

parcels as (

    select
        account,
        fulfillment_id,
        arg_max(order_id, (updated_at, sha256)) as order_id
    from raw_shopify_fulfillments
    group by account, fulfillment_id

),

orders as (

    select
        raw_shopify_orders.*,
        coalesce(raw_shopify_orders.order_id, raw_shopify_orders.name) as known_as,
        -- The shop's own export has a row per item.
        raw_shopify_orders.created_at is null
        and raw_shopify_orders.item is not null as is_further_item,
        says_yes(raw_shopify_orders.is_test)
        or says_yes(raw_shopify_orders.is_deleted) as is_none,
        places.place
    from raw_shopify_orders
    cross join (values (1), (2)) as places (place)

),

of_orders as (

    select
        source,
        account,
        sha256,
        record_index,
        'refund:' || refund_id as event_id,
        order_id,
        created_at as written_at,
        'order_refunded' as activity,
        false as is_customer,
        amount,
        currency,
        extra,
        case when refund_id is null then 'no id' end as reason
    from raw_shopify_refunds
    union all by name
    select
        source,
        account,
        sha256,
        record_index,
        'transaction:' || transaction_id as event_id,
        order_id,
        created_at as written_at,
        case
            when
                lower(status) in ('failure', 'error') and not says_yes(is_test)
                then 'payment_failed'
        end as activity,
        true as is_customer,
        amount,
        currency,
        extra,
        case when transaction_id is null then 'no id' end as reason
    from raw_shopify_transactions
    union all by name
    select
        source,
        account,
        sha256,
        record_index,
        'fulfillment:' || fulfillment_id as event_id,
        order_id,
        created_at as written_at,
        updated_at as version,
        case when lower(status) = 'success' then 'order_shipped' end as activity,
        false as is_customer,
        extra,
        case when fulfillment_id is null then 'no id' end as reason
    from raw_shopify_fulfillments
    union all by name
    select
        raw_shopify_fulfillment_events.source,
        raw_shopify_fulfillment_events.account,
        raw_shopify_fulfillment_events.sha256,
        raw_shopify_fulfillment_events.record_index,
        'parcel:' || raw_shopify_fulfillment_events.event_id as event_id,
        coalesce(raw_shopify_fulfillment_events.order_id, parcels.order_id) as order_id,
        raw_shopify_fulfillment_events.happened_at as written_at,
        case
            when not says_yes(raw_shopify_fulfillment_events.is_deleted)
                then 'order_' || slug(raw_shopify_fulfillment_events.status)
        end as activity,
        false as is_customer,
        raw_shopify_fulfillment_events.extra,
        case when raw_shopify_fulfillment_events.event_id is null then 'no id' end
            as reason
    from raw_shopify_fulfillment_events
    left join parcels
        on
            raw_shopify_fulfillment_events.account = parcels.account
            and raw_shopify_fulfillment_events.fulfillment_id = parcels.fulfillment_id
    union all by name
    select
        source,
        account,
        sha256,
        record_index,
        'visit:' || visit_id as event_id,
        order_id,
        occurred_at as written_at,
        'shop_visited' as activity,
        channel_of_medium(medium) as channel,
        true as is_customer,
        campaign,
        extra,
        case when visit_id is null then 'no id' end as reason
    from raw_shopify_visits

)

select
    source,
    sha256,
    record_index,
    case
        when is_further_item then concat_ws(':', 'item', known_as, record_index)
        else concat_ws(':', 'order', known_as, if(place = 2, 'cancelled', null))
    end as event_id,
    case place when 1 then coalesce(processed_at, created_at) else cancelled_at end
        as written_at,
    place as source_order,
    updated_at as version,
    case
        when is_none or is_further_item then null
        when place = 1 then 'order_placed'
        else 'order_cancelled'
    end as activity,
    case when lower(channel) in ('pos', 'point_of_sale') then 'shop' else 'web' end
        as channel,
    place = 1 or coalesce(lower(cancel_reason) = 'customer', false) as is_customer,
    amount,
    currency,
    case when not is_none then identifiers end as identifiers,
    with_extra(
        json_object(
            'order_id', known_as,
            'cart_token', cart_token,
            'checkout_token', checkout_token
        ),
        extra
    ) as attributes,
    case when known_as is null then 'no id' end as reason
from orders
where place = 1 or cancelled_at is not null
union all by name
select
    source,
    sha256,
    record_index,
    'checkout:' || checkout_id as event_id,
    created_at as written_at,
    coalesce(updated_at, completed_at) as version,
    'checkout_started' as activity,
    'web' as channel,
    true as is_customer,
    amount,
    currency,
    identifiers,
    with_extra(
        json_object(
            'cart_token', cart_token,
            'checkout_token', token,
            'is_completed', completed_at is not null
        ),
        extra
    ) as attributes,
    case when checkout_id is null then 'no id' end as reason
from raw_shopify_checkouts
union all by name
select
    source,
    sha256,
    record_index,
    'customer:' || customer_id as event_id,
    created_at as written_at,
    updated_at as version,
    case when created_at is not null then 'customer_created' end as activity,
    'web' as channel,
    false as is_customer,
    identifiers,
    extra as attributes,
    case when customer_id is null then 'no id' end as reason
from raw_shopify_customers
union all by name
select
    of_orders.source,
    of_orders.sha256,
    of_orders.record_index,
    of_orders.event_id,
    of_orders.written_at,
    of_orders.version,
    of_orders.activity,
    coalesce(of_orders.channel, 'web') as channel,
    of_orders.is_customer,
    of_orders.amount,
    of_orders.currency,
    owners.identifiers,
    with_extra(
        json_object('order_id', of_orders.order_id, 'campaign', of_orders.campaign),
        of_orders.extra
    ) as attributes,
    of_orders.reason
from of_orders
left join owners
    on of_orders.account = owners.account and of_orders.order_id = owners.order_id
