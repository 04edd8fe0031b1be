-- One row per answer with words: what customers said, and about what.
-- key: event_id
--
-- event_id      the answer
-- customer_id   who gave it
-- persona       of the customer
-- stage         stage of what it is about; null if only the whole
-- touchpoint    touchpoint that it is about; null if only the whole
-- answered_at   when, UTC
-- emotion       its score on -1 to +1; null without one
-- sentiment     what its words say on -1 to +1; null if neither good nor bad, or if
--               nothing could score them
-- language      language of the words, as told or found; null if nobody can tell
-- is_solicited  whether the company asked
-- feedback      name in the project file
-- text          the words

select
    int_event_log.event_id,
    int_customers.customer_id,
    int_personas.persona,
    int_feedback.stage,
    int_feedback.touchpoint,
    int_event_log.occurred_at as answered_at,
    int_feedback.emotion_ppm / 1000000 as emotion,
    py_text_sentiment.sentiment_ppm / 1000000 as sentiment,
    coalesce(py_text_sentiment.language, int_feedback.text_language) as language,
    int_feedback.is_solicited,
    int_feedback.feedback,
    int_feedback.text
from int_feedback
inner join int_event_log on int_feedback.event_number = int_event_log.event_number
inner join int_customers on int_feedback.customer_code = int_customers.customer_code
inner join int_personas on int_feedback.customer_code = int_personas.customer_code
left join py_text_sentiment
    on int_feedback.event_number = py_text_sentiment.event_number
where int_feedback.is_answer and int_feedback.text is not null
order by int_event_log.event_id
