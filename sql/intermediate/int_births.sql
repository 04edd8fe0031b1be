-- When each customer was first active, and in which cohort that puts it. Empty if the
-- project asks for no retention.
-- key: customer_code
--
-- customer_code  number of the customer
-- cohort         first day of the week or month of its first own event
-- birth_us       that event, in microseconds since 1970
-- periods        periods of its own that have ended at $as_of
-- slice_set      combination of values that slice it

with births as (

    select
        customer_code,
        min(occurred_us) as birth_us
    from int_event_log
    where is_customer and $has_retention
    group by customer_code

)

select
    births.customer_code,
    cast(
        date_trunc(
            $retention_period, timezone($zone, make_timestamptz(births.birth_us))
        ) as date
    ) as cohort,
    births.birth_us,
    ($as_of_us - births.birth_us)
    // case $retention_period when 'week' then 604800000000 else 2592000000000 end
        as periods,
    int_unit_slices.slice_set
from births
inner join int_unit_slices
    on
        int_unit_slices.unit = 'customer'
        and births.customer_code = int_unit_slices.unit_code
