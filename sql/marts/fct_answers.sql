-- One row per answer of a customer with a score, or with words that say good or bad.
-- key: event_id
--
-- event_id      key of its event
-- customer_id   the customer
-- feedback      name of the feedback in the project file
-- kind          nps, csat, ces, stars, thumbs or text
-- is_solicited  whether the company asked
-- answered_at   when, UTC
-- stage         stage of what it is about; null if only the whole
-- touchpoint    touchpoint of what it is about; null if only the whole
-- is_rating     whether it has a valid score; else its words are judged
-- score         the score as it was given; null where the words are judged
-- emotion       on -1 to +1
-- weight        in the mean emotion: 1, or 0.35 where the words are judged
-- is_top_box    whether the score is one of the best two of its scale; null without

select
    int_event_log.event_id,
    int_customers.customer_id,
    int_feedback.feedback,
    int_feedback.kind,
    int_feedback.is_solicited,
    int_event_log.occurred_at as answered_at,
    int_feedback.stage,
    int_feedback.touchpoint,
    int_feedback.emotion_ppm is not null as is_rating,
    case when int_feedback.emotion_ppm is not null then int_feedback.score end as score,
    coalesce(int_feedback.emotion_ppm, py_text_sentiment.sentiment_ppm) / 1000000
        as emotion,
    case when int_feedback.emotion_ppm is not null then 20 else 7 end / 20 as weight,
    int_feedback.is_top_box
from int_feedback
inner join int_event_log on int_feedback.event_number = int_event_log.event_number
inner join int_customers on int_feedback.customer_code = int_customers.customer_code
left join py_text_sentiment
    on int_feedback.event_number = py_text_sentiment.event_number
where
    int_feedback.is_answer
    and coalesce(int_feedback.emotion_ppm, py_text_sentiment.sentiment_ppm) is not null
order by int_event_log.event_id
