-- One row per unit that dropped out of a funnel: its last step, and what came after.
-- key: funnel, unit_code, attempt_index
--
-- funnel           name of the funnel
-- unit_code        unit that the funnel counts
-- attempt_index    position among the unit's attempts, from 1
-- step_index       last step that it reached
-- period           first day of the month of its entry
-- last_activity    what happened at that step
-- next_kind        what the customer did within the window after it: activity, on the
--                  same channel; channel, on another one; or silence
-- next_activity    what the customer did next, however late; null if nothing until
--                  $as_of
-- silence_us       time until that, or until $as_of, in microseconds
-- went_to_support  whether the customer turned to support within the window

with dropped as (

    select
        int_funnel_units.funnel,
        int_funnel_units.unit_code,
        int_funnel_units.attempt_index,
        int_funnel_units.customer_code,
        int_funnel_units.depth as step_index,
        int_funnel_units.entry_month as period,
        int_funnel_units.last_step_event,
        last_step.occurred_us,
        last_step.activity_code,
        last_step.channel,
        cfg_funnels.window_us
    from int_funnel_units
    inner join cfg_funnels on int_funnel_units.funnel = cfg_funnels.funnel
    inner join int_event_log as last_step
        on int_funnel_units.last_step_event = last_step.event_number
    where int_funnel_units.state = 'dropped'

),

following as (

    -- A step may be the company's; what follows is the customer's own.
    select
        dropped.funnel,
        dropped.unit_code,
        dropped.attempt_index,
        -- Time and number in one: compared faster than a pair.
        min(
            case
                when
                    int_event_log.occurred_us > dropped.occurred_us
                    or int_event_log.event_number > dropped.last_step_event
                    then
                        cast(int_event_log.occurred_us as hugeint) * 10000000000
                        + int_event_log.event_number
            end
        ) as next_place,
        bool_or(
            int_event_log.source_system = 'support'
            and int_event_log.occurred_us <= dropped.occurred_us + dropped.window_us
        ) as went_to_support
    from dropped
    inner join int_event_log
        on
            dropped.customer_code = int_event_log.customer_code
            and int_event_log.is_customer
            and dropped.occurred_us <= int_event_log.occurred_us
            and dropped.last_step_event <> int_event_log.event_number
    group by dropped.funnel, dropped.unit_code, dropped.attempt_index

),

placed as (

    select
        *,
        cast(next_place % 10000000000 as bigint) as next_event
    from following

)

select
    dropped.funnel,
    dropped.unit_code,
    dropped.attempt_index,
    dropped.step_index,
    dropped.period,
    last_activities.activity as last_activity,
    case
        when
            next_event.occurred_us is null
            or next_event.occurred_us > dropped.occurred_us + dropped.window_us
            then 'silence'
        when next_event.channel <> dropped.channel then 'channel'
        else 'activity'
    end as next_kind,
    next_activities.activity as next_activity,
    coalesce(next_event.occurred_us, $as_of_us) - dropped.occurred_us as silence_us,
    coalesce(placed.went_to_support, false) as went_to_support
from dropped
left join placed
    on
        dropped.funnel = placed.funnel
        and dropped.unit_code = placed.unit_code
        and dropped.attempt_index = placed.attempt_index
left join int_event_log as next_event on placed.next_event = next_event.event_number
left join int_activities as next_activities
    on next_event.activity_code = next_activities.activity_code
inner join int_activities as last_activities
    on dropped.activity_code = last_activities.activity_code
