-- One row per spell of a customer: a run of own events with no silence longer than the
-- churn horizon. Empty if the project sets none.
-- key: customer_code, spell_index
--
-- customer_code   number of the customer
-- spell_index     position among the customer's spells, from 1
-- started_us      first event, in microseconds since 1970
-- last_active_us  last event

with silences as (

    select
        customer_code,
        occurred_us,
        event_number,
        coalesce(
            occurred_us - lag(occurred_us) over (
                partition by customer_code order by occurred_us, event_number
            ) > $churn_horizon_us,
            true
        ) as is_return
    from int_event_log
    where is_customer and $has_churn

),

numbered as (

    select
        customer_code,
        occurred_us,
        count(*) filter (where is_return) over (
            partition by customer_code order by occurred_us, event_number
            rows between unbounded preceding and current row
        ) as spell_index
    from silences

)

select
    customer_code,
    spell_index,
    min(occurred_us) as started_us,
    max(occurred_us) as last_active_us
from numbered
group by customer_code, spell_index
