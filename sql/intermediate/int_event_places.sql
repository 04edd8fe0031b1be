-- The place of each event among those of its customer.
-- key: event_number
--
-- event_number  event in the log
-- event_index   position among the customer's events, from 1

select
    event_number,
    row_number() over (
        partition by customer_code order by occurred_us, event_number
    ) as event_index
from int_event_log
