-- One row per customer with an event in the log.
-- key: customer_code
--
-- customer_code   number of the customer
-- customer_id     the customer
-- first_at        first event, UTC
-- first_us        the same in microseconds since 1970
-- last_at         last event, UTC
-- last_active_us  last event of the customer's own; null if there is none
-- events          events in the log
-- channel         of the first event of the customer's own, else of the first event

with named as (

    select distinct
        customer_code,
        customer_id
    from int_set_customers

),

grouped as (

    select
        customer_code,
        min(occurred_us) as first_us,
        max(occurred_us) as last_us,
        max(case when is_customer then occurred_us end) as last_active_us,
        count(*) as events,
        arg_min(case when is_customer then channel end, (occurred_us, event_number))
            as own_channel,
        arg_min(channel, (occurred_us, event_number)) as any_channel
    from int_event_log
    group by customer_code

)

select
    grouped.customer_code,
    named.customer_id,
    make_timestamptz(grouped.first_us) as first_at,
    grouped.first_us,
    make_timestamptz(grouped.last_us) as last_at,
    grouped.last_active_us,
    grouped.events,
    coalesce(grouped.own_channel, grouped.any_channel) as channel
from grouped
inner join named on grouped.customer_code = named.customer_code
order by grouped.customer_code
