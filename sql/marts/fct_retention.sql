-- Retention per cohort, slice of customers, and period since birth. Of a cell that is
-- not final, the rate is read from those at risk.
-- key: cohort, persona, segment, segment_value, period_index
--
-- cohort               first day of the week or month of the birth: of the first own
--                      event, or of the first of those that the project names
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- period_index         periods since birth, from 0: 7 days, or 30 for months, rolling
-- customers            customers of the cohort
-- active               of those, active in that period of their own; in period 0 the
--                      birth itself does not count
-- active_or_later      of those, active in that period or a later one, up to the
--                      watermark
-- at_risk              customers whose period has ended at the watermark
-- at_risk_active       of those, active in it
-- retention_rate       active / customers; low in a cell that is not final
-- retention_rate_low   its 95 % Wilson interval
-- retention_rate_high  its 95 % Wilson interval
-- unbounded_rate       active_or_later / customers; who returns later is still missing
-- unbounded_rate_low   its 95 % Wilson interval
-- unbounded_rate_high  its 95 % Wilson interval
-- at_risk_rate         at_risk_active / at_risk; null where no period has ended
-- at_risk_rate_low     its 95 % Wilson interval
-- at_risk_rate_high    its 95 % Wilson interval
-- is_final             whether every customer's period has ended

with counted as (

    select
        cohort,
        persona,
        segment,
        segment_value,
        period_index,
        cast(sum(customers) as bigint) as customers,
        cast(sum(active) as bigint) as active,
        cast(sum(active_or_later) as bigint) as active_or_later,
        cast(
            coalesce(sum(customers) filter (where periods > period_index), 0) as bigint
        ) as at_risk,
        cast(
            coalesce(sum(active) filter (where periods > period_index), 0) as bigint
        ) as at_risk_active
    from int_retention_counts
    group by cohort, persona, segment, segment_value, period_index

)

select
    cohort,
    persona,
    segment,
    segment_value,
    period_index,
    customers,
    active,
    active_or_later,
    at_risk,
    at_risk_active,
    active / nullif(customers, 0) as retention_rate,
    wilson_low(active, customers) as retention_rate_low,
    wilson_high(active, customers) as retention_rate_high,
    active_or_later / nullif(customers, 0) as unbounded_rate,
    wilson_low(active_or_later, customers) as unbounded_rate_low,
    wilson_high(active_or_later, customers) as unbounded_rate_high,
    at_risk_active / nullif(at_risk, 0) as at_risk_rate,
    wilson_low(at_risk_active, at_risk) as at_risk_rate_low,
    wilson_high(at_risk_active, at_risk) as at_risk_rate_high,
    at_risk = customers as is_final
from counted
order by cohort, persona, segment, segment_value, period_index
