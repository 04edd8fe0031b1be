-- Who is followed and who was active, per cohort, slice, period, and the number of
-- periods that a customer has had. From these counts follow all cells.
-- key: cohort, persona, segment, segment_value, periods, period_index
--
-- cohort           first day of the week or month of the birth
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- periods          periods of their own that have ended at $as_of
-- period_index     periods since birth, from 0
-- customers        customers born in the cohort who have had so many periods
-- active           of those, active in that period of their own
-- active_or_later  of those, active in that period or a later one

with lasts as (

    select
        customer_code,
        max(period_index) as last_index
    from int_active_periods
    group by customer_code

),

-- First by the combination of slices: it is far less than every slice of everyone.
per_set as (

    select
        int_births.cohort,
        int_births.slice_set,
        int_births.periods,
        coalesce(lasts.last_index, -1) as last_index,
        count(*) as customers
    from int_births
    left join lasts on int_births.customer_code = lasts.customer_code
    group by all

),

active_per_set as (

    select
        int_births.cohort,
        int_births.slice_set,
        int_births.periods,
        int_active_periods.period_index,
        count(*) as active
    from int_active_periods
    inner join int_births
        on int_active_periods.customer_code = int_births.customer_code
    group by all

),

followed as (

    select
        per_set.cohort,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_set.periods,
        per_set.last_index,
        cast(sum(per_set.customers) as bigint) as customers
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by all

),

actives as (

    select
        active_per_set.cohort,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        active_per_set.periods,
        active_per_set.period_index,
        cast(sum(active_per_set.active) as bigint) as active
    from active_per_set
    inner join int_slices on active_per_set.slice_set = int_slices.slice_set
    group by all

),

cells as (

    -- A period exists for a cohort once it has begun for its first customer.
    select
        cohort,
        unnest(range(0, max(periods) + 1)) as period_index
    from per_set
    group by cohort

),

sizes as (

    select
        cohort,
        persona,
        segment,
        segment_value,
        periods,
        cast(sum(customers) as bigint) as customers
    from followed
    group by cohort, persona, segment, segment_value, periods

)

select
    sizes.cohort,
    sizes.persona,
    sizes.segment,
    sizes.segment_value,
    sizes.periods,
    cells.period_index,
    sizes.customers,
    coalesce(actives.active, 0) as active,
    cast(
        sum(coalesce(followed.customers, 0)) over (
            partition by
                sizes.cohort,
                sizes.persona,
                sizes.segment,
                sizes.segment_value,
                sizes.periods
            order by cells.period_index desc
        ) as bigint
    ) as active_or_later
from sizes
inner join cells on sizes.cohort = cells.cohort
left join actives
    on
        sizes.cohort = actives.cohort
        and sizes.persona = actives.persona
        and sizes.segment = actives.segment
        and sizes.segment_value = actives.segment_value
        and sizes.periods = actives.periods
        and cells.period_index = actives.period_index
left join followed
    on
        sizes.cohort = followed.cohort
        and sizes.persona = followed.persona
        and sizes.segment = followed.segment
        and sizes.segment_value = followed.segment_value
        and sizes.periods = followed.periods
        and cells.period_index = followed.last_index
