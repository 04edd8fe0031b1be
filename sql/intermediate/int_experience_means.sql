-- Mean and interval of each measure over the customers of a slice. An emotion is shrunk
-- to the mean of its persona.
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
-- mean           on -1 to +1
-- low            its 95 % interval over customers, from the answers of the slice alone;
--                so that it holds `mean`, it reaches to it
-- high           its 95 % interval over customers, likewise

with totals as (

    select
        period,
        level,
        name,
        is_solicited,
        persona,
        segment,
        segment_value,
        measure,
        customers,
        cast(w as double) as w,
        x / 1000000 as x,
        cast(ww as double) as ww,
        xw / 1000000 as xw,
        xx / 1000000000000 as xx
    from int_experience_sums

),

persona_means as (

    select
        is_solicited,
        persona,
        measure,
        x / w as mean
    from totals
    where period = 'all' and level = 'all' and segment = 'all'

),

shrunk as (

    -- 200 is the weight of ten ratings. The mean of a persona has nothing to be shrunk
    -- to.
    select
        totals.*,
        case
            when
                totals.measure = 'emotion'
                and not (
                    totals.period = 'all'
                    and totals.level = 'all'
                    and totals.segment = 'all'
                )
                then (totals.x + 200 * persona_means.mean) / (totals.w + 200)
            else totals.x / totals.w
        end as mean
    from totals
    inner join persona_means
        on
            totals.is_solicited = persona_means.is_solicited
            and totals.persona = persona_means.persona
            and totals.measure = persona_means.measure

),

widened as (

    -- Four more customers, two at either end of the scale, each with the mean weight:
    -- so the interval has a width where all answers are equal (Agresti and Coull 1998).
    select
        *,
        w / customers as mean_weight,
        x / (w + 4 * w / customers) as centre
    from shrunk

),

estimated as (

    -- Variance of a mean of clusters, the customer being the cluster.
    select
        *,
        1.959964 * sqrt(
            greatest(xx - 2 * centre * xw + centre * centre * ww, 0)
            + mean_weight * mean_weight * (4 + 4 * centre * centre)
        ) / (w + 4 * mean_weight) as margin
    from widened

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
    mean,
    least(greatest(centre - margin, -1), mean) as low,
    greatest(least(centre + margin, 1), mean) as high
from estimated
