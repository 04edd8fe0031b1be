-- What an activity is to a funnel. One that is missing does not matter to it; to a
-- `direct` funnel, every activity does.
-- key: funnel_index, activity_code
--
-- funnel_index   number of the funnel
-- activity_code  number of the activity
-- steps          which steps it can be: bit k - 1 for step k
-- ends_attempt   whether it is an exclusion
-- drops_unit     whether it is one that takes the unit out of the funnel
-- is_exit        whether it is an exit of the unit's kind of journey

with meanings as (

    select
        cfg_funnel_steps.funnel,
        int_activities.activity_code,
        cast(1 as bigint) << (cfg_funnel_steps.step_index - 1) as steps,
        false as ends_attempt,
        false as drops_unit,
        false as is_exit
    from cfg_funnel_steps
    inner join int_activities on cfg_funnel_steps.activity = int_activities.activity
    union all
    select
        cfg_funnel_exclusions.funnel,
        int_activities.activity_code,
        0 as steps,
        true as ends_attempt,
        cfg_funnel_exclusions.drops_unit,
        false as is_exit
    from cfg_funnel_exclusions
    inner join int_activities
        on cfg_funnel_exclusions.activity = int_activities.activity
    union all
    select
        cfg_funnels.funnel,
        int_activity_roles.activity_code,
        0 as steps,
        false as ends_attempt,
        false as drops_unit,
        int_activity_roles.exit_cause is not null as is_exit
    from cfg_funnels
    inner join int_activity_roles
        on cfg_funnels.journey_kind = int_activity_roles.journey_kind
    where int_activity_roles.exit_cause is not null or cfg_funnels.mode = 'direct'

)

select
    cfg_funnels.funnel_index,
    meanings.activity_code,
    cast(sum(meanings.steps) as bigint) as steps,
    bool_or(meanings.ends_attempt) as ends_attempt,
    bool_or(meanings.drops_unit) as drops_unit,
    bool_or(meanings.is_exit) as is_exit
from meanings
inner join cfg_funnels on meanings.funnel = cfg_funnels.funnel
group by all
order by cfg_funnels.funnel_index, meanings.activity_code
