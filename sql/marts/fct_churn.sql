-- Churn per slice of customers and month. at_risk = churned + undetermined + active.
-- key: period, persona, segment, segment_value
--
-- period           `all` (the months pooled), or the first day of the month
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- at_risk          spells that were open when the month began
-- churned          of those, last active in the month, and known to be silent since for
--                  the whole horizon
-- active           of those, active after the month
-- undetermined     of those, not known yet
-- resurrected      spells of former customers that began in the month
-- settled          of those at risk, in months of which all is known: the horizon after
--                  them is over too. In others, who left is known before who stayed, or
--                  the other way round
-- churn_rate       churned / settled, both of such months; null without one
-- churn_rate_low   its 95 % Wilson interval
-- churn_rate_high  its 95 % Wilson interval

with spells as (

    select
        cast(int_periods.period as varchar) as month,
        int_spells.customer_code,
        int_periods.ended_us + $churn_horizon_us <= $as_of_us as is_settled,
        int_spells.started_us < int_periods.started_us
        and int_spells.last_active_us >= int_periods.started_us as is_at_risk,
        int_spells.last_active_us < int_periods.ended_us
        and int_spells.last_active_us + $churn_horizon_us <= $as_of_us as is_churned,
        int_spells.last_active_us >= int_periods.ended_us as is_active,
        int_spells.spell_index > 1
        and int_spells.started_us >= int_periods.started_us
        and int_spells.started_us < int_periods.ended_us as is_resurrected
    from int_spells
    cross join int_periods

),

per_set as (

    select
        spells.month,
        int_unit_slices.slice_set,
        count(*) filter (where spells.is_at_risk) as at_risk,
        count(*) filter (where spells.is_at_risk and spells.is_churned) as churned,
        count(*) filter (where spells.is_at_risk and spells.is_active) as active,
        count(*) filter (where spells.is_resurrected) as resurrected,
        count(*) filter (where spells.is_at_risk and spells.is_settled) as settled,
        count(*) filter (
            where spells.is_at_risk and spells.is_settled and spells.is_churned
        ) as settled_churned
    from spells
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'customer'
            and spells.customer_code = int_unit_slices.unit_code
    group by all

),

periods as (

    select
        * exclude (month),
        month as period
    from per_set
    union all by name
    select
        * exclude (month),
        'all' as period
    from per_set

),

counted as (

    select
        periods.period,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(periods.at_risk) as bigint) as at_risk,
        cast(sum(periods.churned) as bigint) as churned,
        cast(sum(periods.active) as bigint) as active,
        cast(sum(periods.resurrected) as bigint) as resurrected,
        cast(sum(periods.settled) as bigint) as settled,
        cast(sum(periods.settled_churned) as bigint) as settled_churned
    from periods
    inner join int_slices on periods.slice_set = int_slices.slice_set
    group by all

)

select
    period,
    persona,
    segment,
    segment_value,
    at_risk,
    churned,
    active,
    at_risk - churned - active as undetermined,
    resurrected,
    settled,
    settled_churned / nullif(settled, 0) as churn_rate,
    wilson_low(settled_churned, settled) as churn_rate_low,
    wilson_high(settled_churned, settled) as churn_rate_high
from counted
order by period, persona, segment, segment_value
