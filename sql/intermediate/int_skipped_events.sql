-- The events of a journey that are no step of its path, because the project says so.
-- key: event_number
--
-- event_number  event in the log
-- reason        noise; or repeat: the step before it is the same activity

with activities as (

    select
        int_activities.activity_code,
        bool_or(cfg_skipped.reason = 'noise') as is_noise,
        bool_or(cfg_skipped.reason = 'repeat') as is_collapsed
    from int_activities
    inner join cfg_skipped
        on
            cfg_skipped.activity is null
            or int_activities.activity = cfg_skipped.activity
    group by int_activities.activity_code

),

placed as (

    select
        int_event_log.event_number,
        int_event_log.activity_code,
        int_event_journey.journey_code,
        coalesce(activities.is_noise, false) as is_noise,
        coalesce(activities.is_collapsed, false) as is_collapsed
    from int_event_log
    inner join int_event_journey
        on int_event_log.event_number = int_event_journey.event_number
    left join activities on int_event_log.activity_code = activities.activity_code
    where
        int_event_journey.journey_kind = 'main'
        and not int_event_journey.is_aftermath
        and exists (select cfg_skipped.reason from cfg_skipped)

),

followed as (

    -- Noise between two views does not make them two steps.
    select
        event_number,
        is_collapsed,
        activity_code,
        lag(activity_code) over (
            partition by journey_code order by event_number
        ) as activity_before
    from placed
    where not is_noise

)

select
    event_number,
    'noise' as reason
from placed
where is_noise
union all
select
    event_number,
    'repeat' as reason
from followed
where is_collapsed and activity_code = activity_before
