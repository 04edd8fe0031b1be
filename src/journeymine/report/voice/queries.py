"""What this section asks the published tables."""

SCORES = """
select
    persona, is_solicited, answers, emotion, emotion_low, emotion_high,
    sent, response_rate, nps_answers, nps, nps_low, nps_high,
    csat_answers, csat, csat_low, csat_high, ces_answers, ces, ces_low, ces_high
from fct_experience
where level = 'all' and segment = 'all'
order by persona, is_solicited desc
"""

MONTHS = """
select
    persona, is_solicited, period, answers, emotion, emotion_low, emotion_high,
    sent, response_rate, nps_answers, nps, nps_low, nps_high,
    csat_answers, csat, csat_low, csat_high, ces_answers, ces, ces_low, ces_high
from fct_experience_periods
where level = 'all' and segment = 'all'
order by persona, period, is_solicited desc
"""

TOUCHPOINTS = """
select
    persona, name, is_solicited, answers, emotion, emotion_low, emotion_high,
    sent, response_rate, nps_answers, nps, nps_low, nps_high,
    csat_answers, csat, csat_low, csat_high, ces_answers, ces, ces_low, ces_high
from fct_experience
where level = 'touchpoint' and segment = 'all'
order by persona, emotion, name, is_solicited desc
"""

STAGES = """
select persona, name, is_solicited, answers, emotion, emotion_low, emotion_high
from fct_experience
where level = 'stage' and segment = 'all'
order by persona, name, is_solicited desc
"""

# The middle answers of each side speak for it, not the loudest; each words once.
QUOTES = """
with said as (
    select
        unnest(['all', persona]) as persona, emotion > 0 as is_good, emotion,
        trim(text) as text, answered_at, stage, touchpoint, feedback, is_solicited,
        event_id
    from fct_feedback_texts
    where emotion <> 0 and length(trim(text)) > 0
),

compared as (
    select
        *,
        count(*) over (partition by persona) as answers,
        quantile_disc(emotion, 0.5) over (partition by persona, is_good) as middle
    from said
),

nearest as (
    select *
    from compared
    where answers >= 5
    qualify row_number() over (
        partition by persona, is_good, text
        order by abs(emotion - middle), answered_at desc, event_id
    ) = 1
)

select
    persona, is_good, emotion, text, answered_at, stage, touchpoint, feedback,
    is_solicited
from nearest
qualify row_number() over (
    partition by persona, is_good
    order by
        length(text) between 15 and 160 desc, abs(emotion - middle),
        answered_at desc, event_id
) <= 2
order by persona, is_good, answered_at desc, event_id
"""
