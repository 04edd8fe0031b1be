-- Retention per cohort, slice of customers, and period since the first own event.
-- key: cohort, persona, segment, segment_value, period_index
--
-- cohort          first day of the week or month of the first own event
-- persona         `all`, or the persona
-- segment         `all`, or the segment
-- segment_value   `all`, or its value
-- period_index    periods since birth, from 0: 7 days, or 30 for months, rolling
-- customers       customers of the cohort
-- active          of those, active in that period of their own; in period 0 the birth
--                 event itself does not count
-- at_risk         of those, whose period has ended at the watermark
-- retention_rate  active / customers
-- is_final        whether every customer's period has ended

with cohorts as (

    select
        cohort,
        slice_set,
        periods,
        count(*) as customers
    from int_births
    group by cohort, slice_set, periods

),

cells as (

    -- A period exists for a cohort once it has begun for its first customer.
    select
        cohort,
        unnest(range(0, max(periods) + 1)) as period_index
    from cohorts
    group by cohort

),

sizes as (

    select
        cohorts.cohort,
        cells.period_index,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(cohorts.customers) as bigint) as customers,
        cast(
            sum(cohorts.customers * cast(cohorts.periods > cells.period_index as int))
            as bigint
        ) as at_risk
    from cohorts
    inner join cells on cohorts.cohort = cells.cohort
    inner join int_slices on cohorts.slice_set = int_slices.slice_set
    group by all

),

active_sets as (

    select
        int_births.cohort,
        int_births.slice_set,
        int_active_periods.period_index,
        count(*) as active
    from int_active_periods
    inner join int_births
        on int_active_periods.customer_code = int_births.customer_code
    group by all

),

actives as (

    select
        active_sets.cohort,
        active_sets.period_index,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(active_sets.active) as bigint) as active
    from active_sets
    inner join int_slices on active_sets.slice_set = int_slices.slice_set
    group by all

)

select
    sizes.cohort,
    sizes.persona,
    sizes.segment,
    sizes.segment_value,
    sizes.period_index,
    sizes.customers,
    coalesce(actives.active, 0) as active,
    sizes.at_risk,
    coalesce(actives.active, 0) / nullif(sizes.customers, 0) as retention_rate,
    sizes.at_risk = sizes.customers as is_final
from sizes
left join actives
    on
        sizes.cohort = actives.cohort
        and sizes.period_index = actives.period_index
        and sizes.persona = actives.persona
        and sizes.segment = actives.segment
        and sizes.segment_value = actives.segment_value
order by
    sizes.cohort,
    sizes.persona,
    sizes.segment,
    sizes.segment_value,
    sizes.period_index
