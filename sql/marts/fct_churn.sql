-- Churn per slice of customers and month. at_risk = churned + undetermined + active.
-- key: period, persona, segment, segment_value
--
-- period           `all` (the months pooled), or the first day of the month
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- at_risk          spells that were open when the month began
-- churned          of those, last active in the month, and known to be silent since for
--                  the whole horizon; of contracts, ended in it and not renewed in time
-- active           of those, active after the month
-- undetermined     of those, not known yet
-- resurrected      spells of former customers that began in the month
-- settled          of those at risk, in months of which all is known: the horizon after
--                  them is over too. In others, who left is known before who stayed, or
--                  the other way round
-- churn_rate       churned / settled, both of such months; null without one
-- churn_rate_low   its 95 % interval: Wilson's; over the months pooled, of as many
--                  spells as would tell as much if each had a customer of its own
-- churn_rate_high  its 95 % interval

with kinds as (

    select
        slice_set,
        start_index,
        first_index,
        last_index,
        is_known,
        spell_index > 1 as is_return,
        count(*) as spells
    from int_spell_months
    group by all

),

monthly as (

    select
        cast(int_periods.period as varchar) as period,
        kinds.slice_set,
        int_periods.ended_us - 1 + $churn_horizon_us <= $as_of_us as is_settled,
        sum(kinds.spells) filter (
            where
            int_periods.period_index >= kinds.first_index
            and int_periods.period_index <= kinds.last_index
        ) as at_risk,
        sum(kinds.spells) filter (
            where
            int_periods.period_index >= kinds.first_index
            and int_periods.period_index = kinds.last_index
            and kinds.is_known
        ) as churned,
        sum(kinds.spells) filter (
            where
            int_periods.period_index >= kinds.first_index
            and int_periods.period_index < kinds.last_index
        ) as active,
        sum(kinds.spells) filter (
            where int_periods.period_index = kinds.start_index and kinds.is_return
        ) as resurrected
    from kinds
    cross join int_periods
    group by all

),

counted as (

    select
        coalesce(monthly.period, 'all') as period,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(coalesce(sum(monthly.at_risk), 0) as bigint) as at_risk,
        cast(coalesce(sum(monthly.churned), 0) as bigint) as churned,
        cast(coalesce(sum(monthly.active), 0) as bigint) as active,
        cast(coalesce(sum(monthly.resurrected), 0) as bigint) as resurrected,
        cast(
            coalesce(sum(monthly.at_risk) filter (where monthly.is_settled), 0)
            as bigint
        ) as settled,
        cast(
            coalesce(sum(monthly.churned) filter (where monthly.is_settled), 0)
            as bigint
        ) as lost
    from monthly
    inner join int_slices on monthly.slice_set = int_slices.slice_set
    group by
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        grouping sets ((monthly.period), ())

),

people as (

    -- Months of one customer are not independent: sums per customer tell how much.
    select
        slice_set,
        sum(settled) as settled,
        sum(lost) as lost
    from int_spell_months
    group by customer_code, slice_set

),

products as (

    select
        slice_set,
        count(*) filter (where settled > 0) as customers,
        sum(lost * lost) as lost_lost,
        sum(lost * settled) as lost_settled,
        sum(settled * settled) as settled_settled
    from people
    group by slice_set

),

spread as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        sum(products.customers) as customers,
        sum(products.lost_lost) as lost_lost,
        sum(products.lost_settled) as lost_settled,
        sum(products.settled_settled) as settled_settled
    from products
    inner join int_slices on products.slice_set = int_slices.slice_set
    group by int_slices.persona, int_slices.segment, int_slices.segment_value

),

weighed as (

    -- A month holds a customer once; of the months pooled, see `effective_units`.
    select
        counted.*,
        case
            when counted.period = 'all'
                then
                    effective_units(
                        counted.lost,
                        counted.settled,
                        spread.customers,
                        spread.lost_lost,
                        spread.lost_settled,
                        spread.settled_settled
                    )
            else counted.settled
        end as units
    from counted
    inner join spread
        on
            counted.persona = spread.persona
            and counted.segment = spread.segment
            and counted.segment_value = spread.segment_value

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
    lost / nullif(settled, 0) as churn_rate,
    wilson_low(lost / nullif(settled, 0) * units, units) as churn_rate_low,
    wilson_high(lost / nullif(settled, 0) * units, units) as churn_rate_high
from weighed
order by period, persona, segment, segment_value
