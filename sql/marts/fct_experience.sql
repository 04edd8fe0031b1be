-- Experience per slice of customers: what customers said of the whole, a stage or a
-- touchpoint, asked and unasked apart.
-- key: level, name, is_solicited, persona, segment, segment_value
--
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
-- texts_unscored  of those, with words that nothing could score: not in English, too
--                 short to tell in which language, or without the extra `sentiment`
-- emotion         mean on -1 to +1, a text weighing 0.35 of a rating, shrunk to the
--                 persona's mean with the weight of 10; null under 5 answers
-- emotion_low     its 95 % interval over customers
-- emotion_high    its 95 % interval over customers
-- sent            surveys sent about it; null where sending is not recorded
-- response_rate   of the surveys sent, those that an answer followed before the next
-- nps_answers     valid answers to the NPS question
-- nps             % promoters - % detractors
-- nps_low         its 95 % interval over customers
-- nps_high        its 95 % interval over customers
-- csat_answers    valid answers to a CSAT question
-- csat            share of the top two boxes
-- csat_low        its 95 % interval over customers
-- csat_high       its 95 % interval over customers
-- ces_answers     valid answers to an effort question
-- ces             share that found it easy: on the good side of the middle of the scale
-- ces_low         its 95 % interval over customers
-- ces_high        its 95 % interval over customers

select
    level,
    name,
    is_solicited,
    persona,
    segment,
    segment_value,
    answers,
    customers,
    rating_answers,
    text_answers,
    invalid,
    unrated,
    texts,
    texts_unscored,
    emotion,
    emotion_low,
    emotion_high,
    sent,
    response_rate,
    nps_answers,
    nps,
    nps_low,
    nps_high,
    csat_answers,
    csat,
    csat_low,
    csat_high,
    ces_answers,
    ces,
    ces_low,
    ces_high
from int_experience
where period = 'all'
order by level, name, is_solicited, persona, segment, segment_value
