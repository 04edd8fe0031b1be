-- What became of payments, checkouts and subscriptions at Stripe.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the event, or the object and what became of it
-- written_at     when it happened
-- source_order   position in the life of a subscription
-- activity       payment_succeeded, payment_failed, payment_refunded,
--                checkout_completed, subscription_started, subscription_cancelled
--                (asked for; it runs on), subscription_ended, customer_created, ...;
--                null for events of other types, and for tests
-- amount         in the currency's own unit
-- currency       three letters
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: object_id, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with named as (

    select
        raw_stripe_events.*,
        case
            when raw_stripe_events.event_type <> 'customer.subscription.updated'
                then cfg_activity_names.activity
            -- It was asked for now; it ends when its period does.
            when
                raw_stripe_events.is_to_be_cancelled = 'true'
                and raw_stripe_events.was_to_be_cancelled = 'false'
                then 'subscription_cancelled'
        end as activity
    from raw_stripe_events
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_stripe_events'
            and lower(raw_stripe_events.event_type) = cfg_activity_names.written

),

charges as (

    -- Whose a refund is, its charge tells.
    select
        account,
        charge_id,
        arg_max(identifiers, (sha256, record_index)) as identifiers,
        arg_max(is_live, (sha256, record_index)) as is_live
    from raw_stripe_charges
    group by account, charge_id

),

refunds as (

    select
        raw_stripe_refunds.*,
        charges.identifiers as owner_identifiers,
        charges.is_live
    from raw_stripe_refunds
    left join charges
        on
            raw_stripe_refunds.account = charges.account
            and raw_stripe_refunds.charge_id = charges.charge_id

),

subscriptions as (

    select
        raw_stripe_subscriptions.*,
        places.place,
        case places.place
            when 1 then 'subscription_started'
            when 2 then 'subscription_cancelled'
            else 'subscription_ended'
        end as activity,
        case places.place
            when 1 then raw_stripe_subscriptions.created_at
            when 2 then raw_stripe_subscriptions.cancel_asked_at
            else raw_stripe_subscriptions.ended_at
        end as happened_at
    from raw_stripe_subscriptions
    cross join (values (1), (2), (3)) as places (place)

),

told as (

    select
        source,
        sha256,
        record_index,
        event_id,
        occurred_at as written_at,
        activity,
        case when activity = 'payment_refunded' then amount_refunded else amount end
            as amount,
        currency,
        -- The object of an event of a customer is the customer.
        with_identifier(
            identifiers,
            'stripe_customer',
            case when object_type = 'customer' then object_id end
        ) as identifiers,
        with_extra(json_object('object_id', object_id), extra) as attributes,
        is_live,
        case when event_id is null then 'no id' end as reason
    from named
    union all by name
    select
        source,
        sha256,
        record_index,
        'charge:' || charge_id as event_id,
        created_at as written_at,
        case status
            when 'succeeded' then 'payment_succeeded'
            when 'failed' then 'payment_failed'
        end as activity,
        amount,
        currency,
        identifiers,
        with_extra(json_object('object_id', charge_id), extra) as attributes,
        is_live,
        case when charge_id is null then 'no id' end as reason
    from raw_stripe_charges
    union all by name
    select
        source,
        sha256,
        record_index,
        'refund:' || refund_id as event_id,
        created_at as written_at,
        case
            when coalesce(status, 'succeeded') = 'succeeded' then 'payment_refunded'
        end as activity,
        amount,
        currency,
        owner_identifiers as identifiers,
        with_extra(json_object('object_id', charge_id), extra) as attributes,
        is_live,
        case when refund_id is null then 'no id' end as reason
    from refunds
    union all by name
    select
        source,
        sha256,
        record_index,
        concat_ws(':', 'subscription', subscription_id, place) as event_id,
        happened_at as written_at,
        place as source_order,
        case when happened_at is not null then activity end as activity,
        identifiers,
        with_extra(json_object('object_id', subscription_id), extra) as attributes,
        is_live,
        case when subscription_id is null then 'no id' end as reason
    from subscriptions
    where place = 1 or happened_at is not null
    union all by name
    select
        source,
        sha256,
        record_index,
        'customer:' || customer_id as event_id,
        created_at as written_at,
        case when created_at is not null then 'customer_created' end as activity,
        identifiers,
        extra as attributes,
        is_live,
        case when customer_id is null then 'no id' end as reason
    from raw_stripe_customers

)

select
    source,
    sha256,
    record_index,
    event_id,
    written_at,
    source_order,
    case when lower(is_live) in ('false', '0') then null else activity end as activity,
    coalesce(major_units(amount, currency), amount) as amount,
    currency,
    case when lower(is_live) in ('false', '0') then null else identifiers end
        as identifiers,
    attributes,
    reason
from told
