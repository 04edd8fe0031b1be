-- One row per activity in the log, with what the project file says of it.
-- key: activity
--
-- activity       what happens
-- activity_code  number of the activity, from 1, in order of its name
-- stage          stage that it belongs to; null if the project names none
-- stage_index    position of the stage, from 1
-- is_goal        whether it ends a journey as converted
-- exit_cause     cause, if it ends a journey as exited; else null
-- feedback       name of the feedback that it is; else null
-- is_passive     whether it opens no journey after the end of one: feedback, retention

with seen as (

    select distinct activity
    from int_events
    where rule is null

),

answers as (

    select
        activity,
        min(feedback) as feedback
    from cfg_feedback
    group by activity

)

select
    seen.activity,
    row_number() over (order by seen.activity) as activity_code,
    cfg_stages.stage,
    cfg_stages.stage_index,
    cfg_goals.activity is not null as is_goal,
    cfg_exits.exit_cause,
    answers.feedback,
    cfg_goals.activity is null
    and cfg_exits.activity is null
    and (answers.activity is not null or coalesce(cfg_stages.stage, '') = 'retention')
        as is_passive
from seen
left join cfg_stages on seen.activity = cfg_stages.activity
left join cfg_goals on seen.activity = cfg_goals.activity
left join cfg_exits on seen.activity = cfg_exits.activity
left join answers on seen.activity = answers.activity
order by seen.activity
