-- Experience over time: per slice of customers and month, what customers said of the
-- whole or of a stage, asked and unasked apart.
-- key: period, level, name, is_solicited, persona, segment, segment_value
--
-- period          first day of the month of the answer, in the project's zone
-- level           all or stage
-- name            `all`, or the stage that answers are about
-- is_solicited    whether the company asked
-- persona         `all`, or the persona
-- segment         `all`, or the segment
-- segment_value   `all`, or its value
-- answers         answers with a valid score, else with words that say good or bad
-- customers       customers who gave them
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
    period,
    level,
    name,
    is_solicited,
    persona,
    segment,
    segment_value,
    answers,
    customers,
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
where period <> 'all'
order by period, level, name, is_solicited, persona, segment, segment_value
