-- Cells of fct_retention of the slice and period that are final, added up.
-- key: persona, segment, segment_value, period_index
--
-- cohorts              cells
-- customers            sum of their customers
-- active               sum of their active
-- active_or_later      sum of their active_or_later
-- retention_rate       active / customers
-- retention_rate_low   its 95 % Wilson interval
-- retention_rate_high  its 95 % Wilson interval
-- unbounded_rate       active_or_later / customers
-- unbounded_rate_low   its 95 % Wilson interval
-- unbounded_rate_high  its 95 % Wilson interval

with counted as (

    select
        count(*) as cohorts,
        cast(coalesce(sum(customers), 0) as bigint) as customers,
        cast(coalesce(sum(active), 0) as bigint) as active,
        cast(coalesce(sum(active_or_later), 0) as bigint) as active_or_later
    from fct_retention
    where
        is_final
        and persona = $persona
        and segment = $segment
        and segment_value = $segment_value
        and period_index = $period_index

)

select
    cohorts,
    customers,
    active,
    active_or_later,
    active / nullif(customers, 0) as retention_rate,
    wilson_low(active, customers) as retention_rate_low,
    wilson_high(active, customers) as retention_rate_high,
    active_or_later / nullif(customers, 0) as unbounded_rate,
    wilson_low(active_or_later, customers) as unbounded_rate_low,
    wilson_high(active_or_later, customers) as unbounded_rate_high
from counted
