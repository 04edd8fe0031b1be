-- One row per unit that dropped out of a funnel: what came after its last step.
-- key: funnel, unit_code
--
-- funnel           name of the funnel
-- unit_code        unit that the funnel counts
-- step_index       last step that it reached
-- period           first day of the month of its entry
-- next_activity    what the customer did next; null if nothing until $as_of
-- silence_us       time until that, or until $as_of, in microseconds
-- went_to_support  whether the customer turned to support within the window after it

with dropped as (

    select
        int_funnel_units.funnel,
        int_funnel_units.unit_code,
        int_funnel_units.customer_code,
        int_funnel_units.depth as step_index,
        int_funnel_units.entry_month as period,
        int_funnel_units.last_step_event,
        last_step.occurred_us,
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
        event_number,
        lead(case when is_customer then activity_code end ignore nulls) over acts
            as next_activity_code,
        lead(case when is_customer then occurred_us end ignore nulls) over acts
            as next_us
    from int_event_log
    window acts as (partition by customer_code order by occurred_us, event_number)

),

support as (

    select
        dropped.funnel,
        dropped.unit_code
    from dropped
    inner join int_event_log
        on
            dropped.customer_code = int_event_log.customer_code
            and int_event_log.source_system = 'support'
            and int_event_log.is_customer
            and dropped.last_step_event <> int_event_log.event_number
            and dropped.occurred_us <= int_event_log.occurred_us
            and int_event_log.occurred_us <= dropped.occurred_us + dropped.window_us
    group by dropped.funnel, dropped.unit_code

)

select
    dropped.funnel,
    dropped.unit_code,
    dropped.step_index,
    dropped.period,
    int_activities.activity as next_activity,
    coalesce(following.next_us, $as_of_us) - dropped.occurred_us as silence_us,
    support.unit_code is not null as went_to_support
from dropped
left join following on dropped.last_step_event = following.event_number
left join int_activities
    on following.next_activity_code = int_activities.activity_code
left join support
    on dropped.funnel = support.funnel and dropped.unit_code = support.unit_code
