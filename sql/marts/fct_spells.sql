-- One row per spell of a customer: a time in which it was ours. Who stands behind the
-- counts of fct_churn.
-- key: customer_id, spell_index
--
-- customer_id      the customer
-- spell_index      position among the customer's spells, from 1
-- started_at       first event, or start of the first term, UTC
-- last_active_at   last event, or end of the last term, UTC; null while a term has no
--                  end
-- known_at         when it was certain that it is over: after the churn horizon, or the
--                  days of grace; null if it is not
-- is_churned       true if it is over, false if active at the watermark, null if not
--                  known yet
-- is_resurrection  whether the customer had left before
-- duration_seconds  from its start to the last activity

select
    int_customers.customer_id,
    int_spells.spell_index,
    make_timestamptz(int_spells.started_us) as started_at,
    case
        when int_spells.last_active_us < 253370764799999999
            then
                make_timestamptz(
                    int_spells.last_active_us + cast($is_contractual as integer)
                )
    end as last_active_at,
    case
        when int_spells.last_active_us + $churn_horizon_us <= $as_of_us
            then make_timestamptz(int_spells.last_active_us + $churn_horizon_us)
    end as known_at,
    case
        when int_spells.last_active_us + $churn_horizon_us <= $as_of_us then true
        when int_spells.last_active_us >= $as_of_us then false
    end as is_churned,
    int_spells.spell_index > 1 as is_resurrection,
    case
        when int_spells.last_active_us < 253370764799999999
            then
                (
                    int_spells.last_active_us
                    + cast($is_contractual as integer)
                    - int_spells.started_us
                )
                / 1000000
    end as duration_seconds
from int_spells
inner join int_customers on int_spells.customer_code = int_customers.customer_code
order by int_customers.customer_id, int_spells.spell_index
