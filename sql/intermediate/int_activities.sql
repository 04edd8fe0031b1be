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
    coalesce(cfg_journey_roles.role = 'goal', false) as is_goal,
    cfg_journey_roles.exit_cause,
    answers.feedback
from seen
left join cfg_stages on seen.activity = cfg_stages.activity
left join cfg_journey_roles
    on
        seen.activity = cfg_journey_roles.activity
        and cfg_journey_roles.journey_kind = 'main'
left join answers on seen.activity = answers.activity
order by seen.activity
