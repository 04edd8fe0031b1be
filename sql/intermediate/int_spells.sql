-- One row per spell of a customer: a run of own events with no silence longer than the
-- churn horizon, or of terms with no gap longer than the days of grace. Empty if the
-- project asks for no churn.
-- key: customer_code, spell_index
--
-- customer_code   number of the customer
-- spell_index     position among the customer's spells, from 1
-- started_us      first event, in microseconds since 1970
-- last_active_us  last event; of a contract, the last microsecond of its last term

with spans as (

    select
        customer_code,
        occurred_us as started_us,
        lag(occurred_us) over (partition by customer_code order by occurred_us)
            as active_before_us
    from int_event_log
    where is_customer and $has_churn and not $is_contractual
    union all
    select
        customer_code,
        started_us,
        max(ended_us - 1) over (
            partition by customer_code order by started_us, event_number
            rows between unbounded preceding and 1 preceding
        ) as active_before_us
    from int_terms

),

lasts as (

    select
        customer_code,
        last_active_us
    from int_customers
    where $has_churn and not $is_contractual
    union all
    select
        customer_code,
        max(ended_us - 1) as last_active_us
    from int_terms
    group by customer_code

),

starts as (

    select
        customer_code,
        started_us,
        row_number() over spells as spell_index,
        lead(active_before_us) over spells as last_active_us
    from spans
    where
        active_before_us is null
        or started_us - active_before_us > $churn_horizon_us
    window spells as (partition by customer_code order by started_us)

)

select
    starts.customer_code,
    starts.spell_index,
    starts.started_us,
    coalesce(starts.last_active_us, lasts.last_active_us) as last_active_us
from starts
inner join lasts on starts.customer_code = lasts.customer_code
