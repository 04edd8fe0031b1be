-- Answers of the slice's customers about the whole, a stage or a touchpoint: rows of
-- fct_answers; with words, rows of fct_feedback_texts.
-- key: level, name, is_solicited, persona, segment, segment_value
--
-- answers         rows
-- customers       their distinct customer_id
-- rating_answers  rows that are ratings
-- text_answers    the other rows
-- texts           rows of fct_feedback_texts
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

told as (

    select *
    from fct_answers
    where
        is_solicited = $is_solicited
        and customer_id in (select slice.unit_id from slice)
        and case $level
            when 'stage' then stage = $name
            when 'touchpoint' then touchpoint = $name
            else true
        end

),

words as (

    select count(*) as texts
    from fct_feedback_texts
    where
        is_solicited = $is_solicited
        and customer_id in (select slice.unit_id from slice)
        and case $level
            when 'stage' then stage = $name
            when 'touchpoint' then touchpoint = $name
            else true
        end

),

counted as (

    select
        count(*) as answers,
        count(distinct customer_id) as customers,
        count(*) filter (where is_rating) as rating_answers,
        count(*) filter (where not is_rating) as text_answers,
        coalesce(sum(emotion * weight), 0) as weighted,
        coalesce(sum(weight), 0) as weight,
        case when $level = 'all' and $segment = 'all' then 0 else 10 end as more,
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
    counted.rating_answers,
    counted.text_answers,
    words.texts,
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
cross join words
