-- What do customers say of each stage, and of how many do we hear nothing?
-- Look at: `emotion` with its interval and `answers`; under 5 answers there is none.
-- `response_rate` says how many stay silent: silence is not neutral.
-- key: stage_index, is_solicited
--
-- stage_index    place of the stage; 0: of the whole
-- stage          the stage; `all` for the whole
-- is_solicited   whether the company asked
-- answers        answers that say good or bad
-- customers      who gave them
-- emotion        mean on -1 to +1, shrunk to that of the whole where answers are few
-- emotion_low    its 95 % interval
-- emotion_high   its 95 % interval
-- sent           surveys sent; null where that is not recorded
-- response_rate  of those, answered
-- nps            % promoters - % detractors, of `nps_answers`
-- nps_answers    answers to that question
-- csat           share of the top two boxes, of `csat_answers`
-- csat_answers   answers to that question

select
    coalesce(meta_stages.stage_index, 0) as stage_index,
    fct_experience.name as stage,
    fct_experience.is_solicited,
    fct_experience.answers,
    fct_experience.customers,
    fct_experience.emotion,
    fct_experience.emotion_low,
    fct_experience.emotion_high,
    fct_experience.sent,
    fct_experience.response_rate,
    fct_experience.nps,
    fct_experience.nps_answers,
    fct_experience.csat,
    fct_experience.csat_answers
from fct_experience
left join meta_stages on fct_experience.name = meta_stages.stage
where
    fct_experience.level in ('all', 'stage')
    and fct_experience.persona = 'all'
    and fct_experience.segment = 'all'
order by stage_index asc, fct_experience.is_solicited desc
