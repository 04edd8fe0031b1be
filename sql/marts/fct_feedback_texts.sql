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
-- is_solicited  whether the company asked
-- feedback      name in the project file
-- text          the words

select
    answer.event_id,
    int_customers.customer_id,
    int_personas.persona,
    int_activities.stage,
    int_activities.activity || ' · ' || touched.channel as touchpoint,
    answer.occurred_at as answered_at,
    int_feedback.emotion_ppm / 1000000 as emotion,
    int_feedback.is_solicited,
    int_feedback.feedback,
    int_feedback.text
from int_feedback
inner join int_event_log as answer on int_feedback.event_number = answer.event_number
inner join int_customers on int_feedback.customer_code = int_customers.customer_code
inner join int_personas on int_feedback.customer_code = int_personas.customer_code
left join int_event_log as touched
    on int_feedback.about_event = touched.event_number
left join int_activities on touched.activity_code = int_activities.activity_code
where int_feedback.is_answer and int_feedback.text is not null
order by answer.event_id
