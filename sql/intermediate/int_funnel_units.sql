-- One row per unit that entered a funnel: how far it came, and its state at $as_of.
-- key: funnel, unit_code
--
-- funnel                 name of the funnel
-- unit                   customer, journey or session
-- unit_code              number of the unit
-- customer_code          number of its customer
-- depth                  the last step it reached, from 1
-- depth_strict           the same where a tie satisfies no order
-- depth_interchangeable  the same where a tie satisfies any order
-- depth_mature           the same from entries whose window has ended; null without
-- state                  converted, in_progress or dropped
-- first_entry_us         first entry, in microseconds since 1970
-- last_entry_us          last entry
-- entry_month            first day of the month of its first entry, in the zone
-- last_step_event        event at which it reached its depth

with depths as (

    select
        funnel,
        unit_code,
        max(case when entry_us is not null then step_index end) as depth,
        max(case when is_strict then step_index end) as depth_strict,
        max(case when is_interchangeable then step_index end) as depth_interchangeable,
        max(case when is_mature then step_index end) as depth_mature,
        max(case when step_index = 1 then entry_us end) as last_entry_us,
        arg_max(event_number, step_index) filter (where entry_us is not null)
            as last_step_event
    from py_funnel_reach
    group by funnel, unit_code

),

entries as (

    select
        funnel,
        unit_code,
        min(occurred_us) as first_entry_us
    from int_funnel_events
    where is_entry
    group by funnel, unit_code

),

placed as (

    -- A customer is always open, a journey until its outcome is known, a session until
    -- its silence is.
    select
        depths.*,
        entries.first_entry_us,
        cfg_funnels.unit,
        cfg_funnels.steps,
        cfg_funnels.window_us,
        coalesce(
            int_journeys.customer_code, int_sessions.customer_code, depths.unit_code
        ) as customer_code,
        case cfg_funnels.unit
            when 'customer' then true
            when 'journey' then int_journeys.outcome = 'in_progress'
            else int_sessions.ended_us + $session_gap_us > $as_of_us
        end as is_open
    from depths
    inner join cfg_funnels on depths.funnel = cfg_funnels.funnel
    inner join entries
        on depths.funnel = entries.funnel and depths.unit_code = entries.unit_code
    left join int_journeys
        on
            cfg_funnels.unit = 'journey'
            and depths.unit_code = int_journeys.journey_code
    left join int_sessions
        on
            cfg_funnels.unit = 'session'
            and depths.unit_code = int_sessions.session_code

)

select
    funnel,
    unit,
    unit_code,
    customer_code,
    depth,
    depth_strict,
    depth_interchangeable,
    depth_mature,
    case
        when depth = steps then 'converted'
        when last_entry_us + window_us > $as_of_us and is_open then 'in_progress'
        else 'dropped'
    end as state,
    first_entry_us,
    last_entry_us,
    cast(
        date_trunc('month', timezone($zone, make_timestamptz(first_entry_us))) as date
    ) as entry_month,
    last_step_event
from placed
