-- When each customer was born, and in which cohort that puts it: its first own event,
-- or the first of those that the project names. Empty if the project asks for no
-- retention.
-- key: customer_code
--
-- customer_code  number of the customer
-- cohort         first day of the week or month of its birth, in the project's zone
-- birth_us       its birth, in microseconds since 1970
-- birth_event    event_number of that event
-- periods        periods of its own that have ended at $as_of
-- slice_set      combination of values that slices it

with births as (

    select
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as birth_us,
        arg_min(
            int_event_log.event_number,
            (int_event_log.occurred_us, int_event_log.event_number)
        ) as birth_event
    from int_event_log
    inner join int_retention_activities
        on
            int_event_log.activity_code = int_retention_activities.activity_code
            and int_retention_activities.is_birth
    where int_event_log.is_customer
    group by int_event_log.customer_code

)

select
    births.customer_code,
    cast(
        date_trunc(
            $retention_period, timezone($zone, make_timestamptz(births.birth_us))
        ) as date
    ) as cohort,
    births.birth_us,
    births.birth_event,
    ($as_of_us - births.birth_us) // $retention_us as periods,
    int_unit_slices.slice_set
from births
inner join int_unit_slices
    on
        int_unit_slices.unit = 'customer'
        and births.customer_code = int_unit_slices.unit_code
