-- In which of its own periods, counted from its first event, a customer was active.
-- Empty if the project asks for no retention.
-- key: customer_code, period_index
--
-- customer_code  number of the customer
-- period_index   periods since birth: 0 is the first, without the birth event itself

with own as (

    select
        customer_code,
        occurred_us,
        event_number,
        min(occurred_us) over (partition by customer_code) as birth_us,
        row_number() over (
            partition by customer_code order by occurred_us, event_number
        ) as place
    from int_event_log
    where is_customer and $has_retention

)

select distinct
    customer_code,
    (occurred_us - birth_us)
    // case $retention_period when 'week' then 604800000000 else 2592000000000 end
        as period_index
from own
where place > 1
