-- What customers of a slice said of the whole, a stage or a touchpoint: over all times,
-- and per month of the whole and of stages.
-- key: period, level, name, is_solicited, persona, segment, segment_value
--
-- period          `all`, or the first day of a month
-- level           all, stage or touchpoint
-- name            `all`, or the stage or touchpoint that answers are about
-- is_solicited    whether the company asked
-- persona         `all`, or the persona
-- segment         `all`, or the segment
-- segment_value   `all`, or its value
-- answers         answers with a valid score, else with words that say good or bad
-- customers       customers who gave them
-- rating_answers  answers with a valid score
-- text_answers    answers without one, but with words that say good or bad
-- invalid         answers whose score is none of its scale
-- unrated         answers without a score
-- texts           answers with words
-- texts_unscored  of those, with words that nothing could score
-- emotion         mean on -1 to +1, shrunk to the persona's mean; null under 5 answers
-- emotion_low     its 95 % interval over customers
-- emotion_high    its 95 % interval over customers
-- sent            surveys sent; null where sending is not recorded
-- response_rate   of the surveys sent, those answered before the next; null likewise
-- nps_answers     valid answers to the NPS question
-- nps             % promoters - % detractors
-- nps_low         its 95 % interval over customers
-- nps_high        its 95 % interval over customers
-- csat_answers    valid answers to a CSAT question
-- csat            share of the top two boxes
-- csat_low        its 95 % interval over customers
-- csat_high       its 95 % interval over customers
-- ces_answers     valid answers to an effort question
-- ces             share on the good side of the middle of the scale
-- ces_low         its 95 % interval over customers
-- ces_high        its 95 % interval over customers

with per_set as (

    select
        period,
        level,
        name,
        is_solicited,
        slice_set,
        sum(answers) as answers,
        count(*) filter (where answers > 0) as customers,
        sum(rating_answers) as rating_answers,
        sum(text_answers) as text_answers,
        sum(invalid) as invalid,
        sum(unrated) as unrated,
        sum(texts) as texts,
        sum(texts_unscored) as texts_unscored,
        sum(sent) as sent,
        sum(answered) as answered,
        sum(nps_weight) as nps_answers,
        sum(csat_weight) as csat_answers,
        sum(ces_weight) as ces_answers
    from int_experience_customers
    group by period, level, name, is_solicited, slice_set

),

counted as (

    select
        per_set.period,
        per_set.level,
        per_set.name,
        per_set.is_solicited,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(per_set.answers) as bigint) as answers,
        cast(sum(per_set.customers) as bigint) as customers,
        cast(sum(per_set.rating_answers) as bigint) as rating_answers,
        cast(sum(per_set.text_answers) as bigint) as text_answers,
        cast(sum(per_set.invalid) as bigint) as invalid,
        cast(sum(per_set.unrated) as bigint) as unrated,
        cast(sum(per_set.texts) as bigint) as texts,
        cast(sum(per_set.texts_unscored) as bigint) as texts_unscored,
        cast(sum(per_set.sent) as bigint) as sent,
        cast(sum(per_set.answered) as bigint) as answered,
        cast(sum(per_set.nps_answers) as bigint) as nps_answers,
        cast(sum(per_set.csat_answers) as bigint) as csat_answers,
        cast(sum(per_set.ces_answers) as bigint) as ces_answers
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by all

),

scores as (

    select
        period,
        level,
        name,
        is_solicited,
        persona,
        segment,
        segment_value,
        max(mean) filter (where measure = 'emotion') as emotion,
        max(low) filter (where measure = 'emotion') as emotion_low,
        max(high) filter (where measure = 'emotion') as emotion_high,
        max(mean) filter (where measure = 'nps') as nps,
        max(low) filter (where measure = 'nps') as nps_low,
        max(high) filter (where measure = 'nps') as nps_high,
        max(mean) filter (where measure = 'csat') as csat,
        max(low) filter (where measure = 'csat') as csat_low,
        max(high) filter (where measure = 'csat') as csat_high,
        max(mean) filter (where measure = 'ces') as ces,
        max(low) filter (where measure = 'ces') as ces_low,
        max(high) filter (where measure = 'ces') as ces_high
    from int_experience_means
    group by period, level, name, is_solicited, persona, segment, segment_value

)

select
    counted.period,
    counted.level,
    counted.name,
    counted.is_solicited,
    counted.persona,
    counted.segment,
    counted.segment_value,
    counted.answers,
    counted.customers,
    counted.rating_answers,
    counted.text_answers,
    counted.invalid,
    counted.unrated,
    counted.texts,
    counted.texts_unscored,
    -- Of fewer, the line has a gap.
    case when counted.answers >= 5 then scores.emotion end as emotion,
    case when counted.answers >= 5 then scores.emotion_low end as emotion_low,
    case when counted.answers >= 5 then scores.emotion_high end as emotion_high,
    nullif(counted.sent, 0) as sent,
    counted.answered / nullif(counted.sent, 0) as response_rate,
    counted.nps_answers,
    100 * scores.nps as nps,
    100 * scores.nps_low as nps_low,
    100 * scores.nps_high as nps_high,
    counted.csat_answers,
    (1 + scores.csat) / 2 as csat,
    (1 + scores.csat_low) / 2 as csat_low,
    (1 + scores.csat_high) / 2 as csat_high,
    counted.ces_answers,
    (1 + scores.ces) / 2 as ces,
    (1 + scores.ces_low) / 2 as ces_low,
    (1 + scores.ces_high) / 2 as ces_high
from counted
left join scores
    on
        counted.period = scores.period
        and counted.level = scores.level
        and counted.name = scores.name
        and counted.is_solicited = scores.is_solicited
        and counted.persona = scores.persona
        and counted.segment = scores.segment
        and counted.segment_value = scores.segment_value
