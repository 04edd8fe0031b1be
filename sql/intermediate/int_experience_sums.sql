-- Sums over the customers of a slice, from which the mean of a measure is made, and how
-- much customers differ.
-- key: period, level, name, is_solicited, persona, segment, segment_value, measure
--
-- period         `all`, or the first day of a month
-- level          all, stage or touchpoint
-- name           `all`, or the stage or touchpoint
-- is_solicited   whether the company asked
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- measure        emotion, nps, csat or ces
-- customers      customers with an answer to it
-- w              sum of the weights of customers
-- x              sum of their weighted values, in millionths
-- ww             sum of the squared weights
-- xw             sum of weighted values times weights
-- xx             sum of the squared weighted values

with measured as (

    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        'emotion' as measure,
        emotion_weight as weight,
        emotion_weighted as weighted
    from int_experience_customers
    where emotion_weight > 0
    union all
    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        'nps' as measure,
        nps_weight as weight,
        nps_weighted as weighted
    from int_experience_customers
    where nps_weight > 0
    union all
    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        'csat' as measure,
        csat_weight as weight,
        csat_weighted as weighted
    from int_experience_customers
    where csat_weight > 0
    union all
    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        'ces' as measure,
        ces_weight as weight,
        ces_weighted as weighted
    from int_experience_customers
    where ces_weight > 0

),

per_set as (

    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        measure,
        count(*) as customers,
        sum(weight) as w,
        sum(weighted) as x,
        sum(weight * weight) as ww,
        sum(cast(weighted as hugeint) * weight) as xw,
        sum(cast(weighted as hugeint) * weighted) as xx
    from measured
    group by period, level, name, is_solicited, slice_set, measure

),

per_persona as (

    -- A customer has one persona, so `all` is the sum over personas.
    select
        per_set.period,
        per_set.level,
        per_set.name,
        per_set.is_solicited,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_set.measure,
        sum(per_set.customers) as customers,
        sum(per_set.w) as w,
        sum(per_set.x) as x,
        sum(per_set.ww) as ww,
        sum(per_set.xw) as xw,
        sum(per_set.xx) as xx
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by all

),

slices as (

    select *
    from per_persona
    union all by name
    select
        * exclude (persona),
        'all' as persona
    from per_persona

)

select
    period,
    level,
    name,
    is_solicited,
    persona,
    segment,
    segment_value,
    measure,
    cast(sum(customers) as bigint) as customers,
    cast(sum(w) as bigint) as w,
    cast(sum(x) as hugeint) as x,
    cast(sum(ww) as hugeint) as ww,
    cast(sum(xw) as hugeint) as xw,
    cast(sum(xx) as hugeint) as xx
from slices
group by period, level, name, is_solicited, persona, segment, segment_value, measure
