-- One row per answer, and per survey sent, with the touchpoint that it is about.
-- key: event_number
--
-- event_number   event in the log
-- customer_code  number of the customer
-- feedback       name of the feedback in the project file
-- kind           nps, csat, ces, stars, thumbs or text
-- month          first day of its month, in the project's zone
-- is_answer      whether it is an answer; else a survey that was sent
-- is_answered    whether it is a survey that a score or words followed, before the next
-- is_solicited   whether someone asked
-- score          as it was given; null if it is no number
-- emotion_ppm    the score on -1 to +1, in millionths; null without a valid score
-- is_invalid     whether it is an answer whose score is none of its scale
-- is_top_box     whether a score is one of the best two of its scale
-- about_event    event that it is about; null if only the whole
-- touchpoint     touchpoint of that event, as fct_events names it
-- stage          stage of that event
-- text           what was written; null if nothing
-- text_language  language that the project or the source says the text is in

with valued as (

    select
        int_feedback_told.*,
        cfg_feedback.kind,
        cfg_feedback.is_solicited,
        cfg_feedback.is_high_good,
        cfg_feedback.low,
        cfg_feedback.high,
        cfg_feedback_values.emotion_ppm as word_ppm,
        try_cast(int_feedback_told.written_score as decimal(9, 3)) as score
    from int_feedback_told
    inner join cfg_feedback on int_feedback_told.feedback = cfg_feedback.feedback
    left join cfg_feedback_values
        on
            int_feedback_told.feedback = cfg_feedback_values.feedback
            and int_feedback_told.written_score = cfg_feedback_values.word

),

scored as (

    select
        *,
        case
            when not is_answer then null
            when kind = 'thumbs' then word_ppm
            when score is null or score < low or score > high then null
            when kind = 'nps'
                then
                    case
                        when score >= 9 then 1000000
                        when score >= 7 then 0
                        else -1000000
                    end
            else
                case when is_high_good then 1 else -1 end * (
                    cast(round((score - low) * 2000000 / (high - low)) as bigint)
                    - 1000000
                )
        end as emotion_ppm
    from valued

)

select
    scored.event_number,
    scored.customer_code,
    scored.feedback,
    scored.kind,
    scored.month,
    scored.is_answer,
    not scored.is_answer
    and coalesce(
        lead(
            scored.is_answer
            and (scored.emotion_ppm is not null or scored.text is not null)
        ) over (
            partition by scored.customer_code, scored.feedback, scored.about_value
            order by scored.occurred_us, scored.event_number
        ),
        false
    ) as is_answered,
    scored.is_solicited,
    scored.score,
    scored.emotion_ppm,
    scored.is_answer
    and scored.written_score is not null
    and scored.emotion_ppm is null as is_invalid,
    case
        when scored.emotion_ppm is null then null
        when scored.is_high_good then scored.score >= scored.high - 1
        else scored.score <= scored.low + 1
    end as is_top_box,
    int_feedback_places.about_event,
    int_feedback_places.touchpoint,
    int_feedback_places.stage,
    scored.text,
    scored.text_language
from scored
inner join int_feedback_places
    on scored.event_number = int_feedback_places.event_number
