-- Answers of the slice's customers about the whole or a stage in the month: rows of
-- fct_answers.
-- key: period, level, name, is_solicited, persona, segment, segment_value
--
-- answers         rows
-- customers       their distinct customer_id
-- emotion         mean emotion by `weight`; but for the whole of all times, the mean of
--                 the persona's all answers, asked or unasked alike, counts as ten
--                 ratings more
-- nps_answers     ratings of kind nps
-- nps             100 * the mean of their emotions
-- csat_answers    ratings of kind csat
-- csat            of those, in the top two boxes
-- ces_answers     ratings of kind ces
-- ces             of those, with an emotion above 0

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'customer'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

personas as (

    select
        unit_id,
        persona
    from dim_slices
    where unit = 'customer' and $persona in ('all', persona)

),

persona_mean as (

    select sum(emotion * weight) / nullif(sum(weight), 0) as mean
    from fct_answers
    where
        is_solicited = $is_solicited
        and customer_id in (select personas.unit_id from personas)

),

zone as (
    select value as name
    from meta_run
    where name = 'timezone'
),

told as (

    select answers.*
    from fct_answers as answers
    cross join zone
    where
        answers.is_solicited = $is_solicited
        and answers.customer_id in (select slice.unit_id from slice)
        and ($level = 'all' or answers.stage = $name)
        and strftime(
            date_trunc('month', timezone(zone.name, answers.answered_at)), '%Y-%m-%d'
        ) = $period

),

counted as (

    select
        count(*) as answers,
        count(distinct customer_id) as customers,
        coalesce(sum(emotion * weight), 0) as weighted,
        coalesce(sum(weight), 0) as weight,
        10 as more,
        count(*) filter (where kind = 'nps' and is_rating) as nps_answers,
        avg(emotion) filter (where kind = 'nps' and is_rating) as nps,
        count(*) filter (where kind = 'csat' and is_rating) as csat_answers,
        count(*) filter (where kind = 'csat' and is_top_box) as top_boxes,
        count(*) filter (where kind = 'ces' and is_rating) as ces_answers,
        count(*) filter (where kind = 'ces' and is_rating and emotion > 0) as easy
    from told

)

select
    counted.answers,
    counted.customers,
    case
        when counted.answers >= 5
            then
                (counted.weighted + counted.more * coalesce(persona_mean.mean, 0))
                / (counted.weight + counted.more)
    end as emotion,
    counted.nps_answers,
    100 * counted.nps as nps,
    counted.csat_answers,
    counted.top_boxes / nullif(counted.csat_answers, 0) as csat,
    counted.ces_answers,
    counted.easy / nullif(counted.ces_answers, 0) as ces
from counted
cross join persona_mean
