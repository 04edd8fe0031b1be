-- In which of its own periods, counted from its birth, a customer was active. The birth
-- itself does not count; what happened before it, neither.
-- key: customer_code, period_index
--
-- customer_code  number of the customer
-- period_index   periods since birth, from 0

select
    int_event_log.customer_code,
    (int_event_log.occurred_us - int_births.birth_us) // $retention_us as period_index
from int_event_log
inner join int_retention_activities
    on
        int_event_log.activity_code = int_retention_activities.activity_code
        and int_retention_activities.is_return
inner join int_births
    on
        int_event_log.customer_code = int_births.customer_code
        and int_event_log.event_number <> int_births.birth_event
        and int_event_log.occurred_us >= int_births.birth_us
where int_event_log.is_customer
group by all
