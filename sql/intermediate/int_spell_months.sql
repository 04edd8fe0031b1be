-- The months of each spell: at risk from the first whose start it saw to the last that
-- it was active in.
-- key: customer_code, spell_index
--
-- customer_code  number of the customer
-- spell_index    position among the customer's spells, from 1
-- slice_set      combination of values that slices the customer
-- start_index    month in which it began: `period_index` of int_periods
-- first_index    first month at whose start it was open
-- last_index     month in which it was last active; 1,000,000 if that is yet to come
-- is_known       whether it is over for certain: the horizon has passed at $as_of
-- settled        months at risk of which all is known
-- lost           1 if it ended in one of those, else 0

with settled_months as (

    select coalesce(max(period_index), 0) as last_settled
    from int_periods
    where ended_us - 1 + $churn_horizon_us <= $as_of_us

),

placed as (

    select
        int_spells.customer_code,
        int_spells.spell_index,
        int_unit_slices.slice_set,
        starts.period_index as start_index,
        -- A contract that starts with the month is active at its start.
        case
            when $is_contractual and int_spells.started_us = starts.started_us
                then starts.period_index
            else starts.period_index + 1
        end as first_index,
        coalesce(ends.period_index, 1000000) as last_index,
        int_spells.last_active_us + $churn_horizon_us <= $as_of_us as is_known
    from int_spells
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'customer'
            and int_spells.customer_code = int_unit_slices.unit_code
    left join int_periods as starts
        on
            int_spells.started_us >= starts.started_us
            and int_spells.started_us < starts.ended_us
    left join int_periods as ends
        on
            int_spells.last_active_us >= ends.started_us
            and int_spells.last_active_us < ends.ended_us

)

select
    placed.customer_code,
    placed.spell_index,
    placed.slice_set,
    coalesce(placed.start_index, 1000000) as start_index,
    coalesce(placed.first_index, 1000000) as first_index,
    placed.last_index,
    placed.is_known,
    greatest(
        least(placed.last_index, settled_months.last_settled) - placed.first_index + 1,
        0
    ) as settled,
    cast(
        placed.last_index >= placed.first_index
        and placed.last_index <= settled_months.last_settled as integer
    ) as lost
from placed
cross join settled_months
