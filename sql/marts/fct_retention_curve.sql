-- Retention per slice of customers and period since birth: the mean over the cohorts of
-- which the period has ended for every customer. Each customer counts the same.
-- key: persona, segment, segment_value, period_index
--
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- period_index         periods since birth, from 0: 7 days, or 30 for months, rolling
-- cohorts              cohorts whose cell is final
-- customers            their customers
-- active               of those, active in that period of their own
-- active_or_later      of those, active in that period or a later one
-- retention_rate       active / customers
-- retention_rate_low   its 95 % Wilson interval
-- retention_rate_high  its 95 % Wilson interval
-- unbounded_rate       active_or_later / customers
-- unbounded_rate_low   its 95 % Wilson interval
-- unbounded_rate_high  its 95 % Wilson interval

with pooled as (

    select
        persona,
        segment,
        segment_value,
        period_index,
        count(*) as cohorts,
        cast(sum(customers) as bigint) as customers,
        cast(sum(active) as bigint) as active,
        cast(sum(active_or_later) as bigint) as active_or_later
    from fct_retention
    where is_final
    group by persona, segment, segment_value, period_index

)

select
    persona,
    segment,
    segment_value,
    period_index,
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
from pooled
order by persona, segment, segment_value, period_index
