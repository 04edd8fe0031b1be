-- One row per answer, and per survey sent, with the touchpoint that it is about.
-- key: event_number
--
-- event_number   event in the log
-- customer_code  number of the customer
-- feedback       name of the feedback in the project file
-- kind           nps, csat, ces or stars
-- is_answer      whether it is an answer; else a survey that was sent
-- is_answered    whether it is a survey that a valid answer followed, before the next
-- is_solicited   whether someone asked
-- score          as it was given; null if it is none
-- emotion_ppm    the score on -1 to +1, in millionths; null without a valid score
-- is_top_box     whether a score is in the top two of its scale
-- about_event    event that it is about; null if only the whole
-- text           what was written; null if nothing

with told as (

    select
        int_event_log.event_number,
        int_event_log.customer_code,
        int_event_log.occurred_us,
        cfg_feedback.feedback,
        cfg_feedback.kind,
        int_activities.activity = cfg_feedback.activity as is_answer,
        cfg_feedback.is_solicited,
        cfg_feedback.low,
        cfg_feedback.high,
        try_cast(
            attribute_value(int_event_log.attributes, cfg_feedback.score_attribute)
            as decimal(9, 3)
        ) as score,
        attribute_value(int_event_log.attributes, cfg_feedback.about_attribute)
            as about_value,
        cfg_feedback.about_attribute,
        nullif(
            trim(
                attribute_value(int_event_log.attributes, cfg_feedback.text_attribute)
            ),
            ''
        ) as text
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    inner join cfg_feedback
        on
            int_activities.activity = cfg_feedback.activity
            or int_activities.activity = cfg_feedback.sent_activity

),

scored as (

    select
        *,
        case
            when not is_answer or score < low or score > high then null
            when kind = 'nps'
                then
                    case
                        when score >= 9 then 1000000
                        when score >= 7 then 0
                        when score >= 0 then -1000000
                    end
            else
                cast(
                    round((score - low) * 2000000 / (high - low)) - 1000000 as bigint
                )
        end as emotion_ppm
    from told

),

touches as (

    -- What an answer can be about: an event that is no feedback and no survey.
    select int_event_log.*
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    anti join cfg_feedback
        on
            int_activities.activity = cfg_feedback.activity
            or int_activities.activity = cfg_feedback.sent_activity

),

named as (

    select
        told.event_number,
        arg_max(touches.event_number, (touches.occurred_us, touches.event_number))
            as about_event
    from told
    inner join touches
        on
            told.customer_code = touches.customer_code
            and told.about_value
            = attribute_value(touches.attributes, told.about_attribute)
            and told.occurred_us >= touches.occurred_us
    group by told.event_number

),

recent as (

    select
        told.event_number,
        arg_max(touches.event_number, (touches.occurred_us, touches.event_number))
            as about_event
    from told
    inner join touches
        on
            told.customer_code = touches.customer_code
            and touches.is_customer
            and told.occurred_us >= touches.occurred_us
            and touches.occurred_us >= told.occurred_us - 7 * 86400000000
    group by told.event_number

)

select
    scored.event_number,
    scored.customer_code,
    scored.feedback,
    scored.kind,
    scored.is_answer,
    not scored.is_answer
    and coalesce(
        lead(scored.emotion_ppm) over (
            partition by scored.customer_code, scored.feedback, scored.about_value
            order by scored.occurred_us, scored.event_number
        ) is not null,
        false
    ) as is_answered,
    scored.is_solicited,
    scored.score,
    scored.emotion_ppm,
    scored.score >= scored.high - 1 as is_top_box,
    coalesce(named.about_event, recent.about_event) as about_event,
    scored.text
from scored
left join named on scored.event_number = named.event_number
left join recent on scored.event_number = recent.event_number
