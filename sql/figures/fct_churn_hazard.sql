-- Spells of the customers in the slice, by periods of 30 days since they began: rows of
-- fct_spells, watched up to the churn horizon before the watermark.
-- key: persona, segment, segment_value, period_index
--
-- at_risk      spells with so many periods, watched to the end of the next
-- churned      of those, last active in that period
-- hazard       churned / at_risk
-- hazard_low   its 95 % Wilson interval
-- hazard_high  its 95 % Wilson interval

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'customer'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

settings as (

    select
        epoch_us(
            cast(max(value) filter (where name = 'as_of') as timestamptz)
        ) - 1000000 * cast(
            max(value) filter (where name = 'churn_horizon_seconds') as bigint
        ) + 1 as watched_us,
        30 * 86400000000 as period_us
    from meta_run

),

lasted as (

    select
        coalesce(
            epoch_us(fct_spells.last_active_at) - epoch_us(fct_spells.started_at),
            9000000000000000
        ) // settings.period_us as last_period,
        (settings.watched_us - epoch_us(fct_spells.started_at)) // settings.period_us
            as watched_periods
    from fct_spells
    cross join settings

    where fct_spells.customer_id in (select slice.unit_id from slice)

),

counted as (

    select
        count(*) as at_risk,
        count(*) filter (where last_period = $period_index) as churned
    from lasted
    where last_period >= $period_index and watched_periods > $period_index

)

select
    at_risk,
    churned,
    churned / nullif(at_risk, 0) as hazard,
    wilson_low(churned, at_risk) as hazard_low,
    wilson_high(churned, at_risk) as hazard_high
from counted
