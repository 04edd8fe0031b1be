-- What each activity does in each kind of journey.
-- key: journey_kind, activity_code
--
-- journey_kind   `main` for [journey], else the name of one of [journeys]
-- activity_code  number of the activity
-- inactivity_us  silence that ends a journey of the kind, in microseconds
-- is_goal        whether it ends a journey as converted
-- exit_cause     cause, if it ends a journey as exited; else null
-- can_open       whether a journey may start with it; null if with any event
-- is_end         whether it ends a journey
-- is_feedback    whether it is feedback
-- is_retention   whether it belongs to the stage `retention`, if no rule says another

select
    cfg_journey_kinds.journey_kind,
    int_activities.activity_code,
    coalesce(cfg_journey_kinds.inactivity_us, $inactivity_us) as inactivity_us,
    coalesce(cfg_journey_roles.role = 'goal', false) as is_goal,
    cfg_journey_roles.exit_cause,
    case
        when cfg_journey_kinds.has_starts
            then coalesce(cfg_journey_roles.role = 'start', false)
    end as can_open,
    coalesce(cfg_journey_roles.role in ('goal', 'exit'), false) as is_end,
    int_activities.feedback is not null as is_feedback,
    coalesce(int_activities.stage = 'retention', false) as is_retention
from cfg_journey_kinds
cross join int_activities
left join cfg_journey_roles
    on
        cfg_journey_kinds.journey_kind = cfg_journey_roles.journey_kind
        and int_activities.activity = cfg_journey_roles.activity
order by cfg_journey_kinds.journey_kind, int_activities.activity_code
