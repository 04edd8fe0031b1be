-- What each customer said of the whole, a stage or a touchpoint, in sums: over all
-- times, and per month of the whole and of stages.
-- key: period, level, name, is_solicited, customer_code
--
-- period            `all`, or the first day of a month
-- level             all, stage or touchpoint
-- name              `all`, or the stage or touchpoint that it is about
-- is_solicited      whether the company asked
-- customer_code     number of the customer
-- slice_set         combination of values of the customer
-- sent              surveys sent
-- answered          of those, followed by an answer before the next
-- answers           answers with a valid score, else with words that say good or bad
-- rating_answers    answers with a valid score
-- text_answers      answers without one, but with words that say good or bad
-- invalid           answers whose score is none of its scale
-- unrated           answers without a score
-- texts             answers with words
-- texts_unscored    of those, with words that nothing could score
-- emotion_weight    20 per rating, 7 per text in the place of one: as 1 to 0.35
-- emotion_weighted  emotions in millionths, times these weights
-- nps_weight        answers to the NPS question
-- nps_weighted      promoters - detractors, in millionths
-- csat_weight       answers to a CSAT question
-- csat_weighted     in the top two boxes - not in them, in millionths
-- ces_weight        answers to an effort question
-- ces_weighted      better than the middle of the scale - not better, in millionths

with heard as (

    select
        cast(int_feedback.month as varchar) as month,
        int_feedback.stage,
        int_feedback.touchpoint,
        int_feedback.is_solicited,
        int_feedback.customer_code,
        int_unit_slices.slice_set,
        int_feedback.kind,
        int_feedback.is_answer,
        int_feedback.is_answered,
        int_feedback.is_invalid,
        int_feedback.emotion_ppm,
        int_feedback.is_top_box,
        int_feedback.is_answer and int_feedback.text is not null as has_text,
        coalesce(py_text_sentiment.is_scored, false) as is_scored,
        -- Who gave a score has said it: their words would only count it again, and only
        -- where they are English.
        case
            when int_feedback.emotion_ppm is null then py_text_sentiment.sentiment_ppm
        end as sentiment_ppm
    from int_feedback
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'customer'
            and int_feedback.customer_code = int_unit_slices.unit_code
    left join py_text_sentiment
        on int_feedback.event_number = py_text_sentiment.event_number

),

scopes as (

    select
        *,
        'all' as level,
        'all' as name
    from heard
    union all by name
    select
        *,
        'stage' as level,
        stage as name
    from heard
    where stage is not null
    union all by name
    select
        *,
        'touchpoint' as level,
        touchpoint as name
    from heard
    where touchpoint is not null

),

periods as (

    select
        *,
        'all' as period
    from scopes
    union all by name
    select
        *,
        month as period
    from scopes
    where level <> 'touchpoint'

)

select
    period,
    level,
    name,
    is_solicited,
    customer_code,
    any_value(slice_set) as slice_set,
    count(*) filter (where not is_answer) as sent,
    count(*) filter (where is_answered) as answered,
    count(*) filter (where coalesce(emotion_ppm, sentiment_ppm) is not null) as answers,
    count(emotion_ppm) as rating_answers,
    count(sentiment_ppm) as text_answers,
    count(*) filter (where is_invalid) as invalid,
    count(*) filter (where is_answer and emotion_ppm is null and not is_invalid)
        as unrated,
    count(*) filter (where has_text) as texts,
    count(*) filter (where has_text and not is_scored) as texts_unscored,
    20 * count(emotion_ppm) + 7 * count(sentiment_ppm) as emotion_weight,
    cast(
        20 * coalesce(sum(emotion_ppm), 0) + 7 * coalesce(sum(sentiment_ppm), 0)
        as bigint
    ) as emotion_weighted,
    count(emotion_ppm) filter (where kind = 'nps') as nps_weight,
    cast(coalesce(sum(emotion_ppm) filter (where kind = 'nps'), 0) as bigint)
        as nps_weighted,
    count(emotion_ppm) filter (where kind = 'csat') as csat_weight,
    cast(
        coalesce(
            sum(case when is_top_box then 1000000 else -1000000 end) filter (
                where kind = 'csat' and emotion_ppm is not null
            ),
            0
        ) as bigint
    ) as csat_weighted,
    count(emotion_ppm) filter (where kind = 'ces') as ces_weight,
    cast(
        coalesce(
            sum(case when emotion_ppm > 0 then 1000000 else -1000000 end) filter (
                where kind = 'ces' and emotion_ppm is not null
            ),
            0
        ) as bigint
    ) as ces_weighted
from periods
group by period, level, name, is_solicited, customer_code
