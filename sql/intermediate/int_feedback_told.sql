-- One row per answer, and per survey sent, as the source told it.
-- key: event_number
--
-- event_number     event in the log
-- customer_code    number of the customer
-- occurred_us      when, in microseconds since 1970
-- month            first day of its month, in the project's zone
-- feedback         name of the feedback in the project file
-- is_answer        whether it is an answer; else a survey that was sent
-- written_score    the score in lower case, as it was written
-- about_attribute  attribute that names what it is about; null if none does
-- about_value      its value
-- text             what was written; null if nothing
-- text_language    language that the project or the source says the text is in

with kinds as (

    select
        cfg_feedback.*,
        int_activities.activity_code,
        int_activities.activity = cfg_feedback.activity as is_answer
    from cfg_feedback
    inner join int_activities
        on
            cfg_feedback.activity = int_activities.activity
            or cfg_feedback.sent_activity = int_activities.activity

),

written as (

    select
        int_event_log.event_number,
        int_event_log.customer_code,
        int_event_log.occurred_us,
        int_event_log.occurred_at,
        kinds.feedback,
        kinds.is_answer,
        kinds.about_attribute,
        kinds.language,
        attribute_value(int_event_log.attributes, kinds.score_attribute) as score,
        attribute_value(int_event_log.attributes, kinds.about_attribute) as about,
        attribute_value(int_event_log.attributes, kinds.text_attribute) as text,
        attribute_value(int_event_log.attributes, kinds.language_attribute) as locale
    from int_event_log
    inner join kinds on int_event_log.activity_code = kinds.activity_code

)

select
    event_number,
    customer_code,
    occurred_us,
    cast(date_trunc('month', timezone($zone, occurred_at)) as date) as month,
    feedback,
    is_answer,
    nullif(lower(trim(score)), '') as written_score,
    about_attribute,
    about as about_value,
    nullif(trim(text), '') as text,
    -- Of a locale such as `de-CH` or `en_US`, the language.
    coalesce(
        language,
        nullif(lower(regexp_extract(locale, '^([A-Za-z]{2,3})([-_].*)?$', 1)), '')
    ) as text_language
from written
