-- What an activity means for retention: all, unless the project names some. Empty if it
-- asks for no retention.
-- key: activity_code
--
-- activity_code  number of the activity
-- is_birth       whether the first one of a customer puts it in a cohort
-- is_return      whether a customer that does it is active

with named as (

    select
        activity,
        bool_or(role = 'birth') as is_birth,
        bool_or(role = 'return') as is_return
    from cfg_retention_activities
    group by activity

),

roles as (

    select
        coalesce(bool_or(role = 'birth'), false) as has_births,
        coalesce(bool_or(role = 'return'), false) as has_returns
    from cfg_retention_activities

)

select
    int_activities.activity_code,
    not roles.has_births or coalesce(named.is_birth, false) as is_birth,
    not roles.has_returns or coalesce(named.is_return, false) as is_return
from int_activities
cross join roles
left join named on int_activities.activity = named.activity
where $has_retention
