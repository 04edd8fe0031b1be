-- The events that are a step of a funnel, per unit of that funnel.
-- key: funnel, unit_code, event_number
--
-- funnel         name of the funnel
-- unit_code      number of the customer, journey or session that the funnel counts
-- event_number   event in the log
-- occurred_us    when, in microseconds since 1970
-- source_order   the source's own order of events at the same time
-- steps          which steps it can be: bit k - 1 for step k; only a customer event
--                can be the entry
-- is_entry       whether it may open a chain: for entry `first` only the first one does
-- is_tied        whether another step event of the unit happened at the same time

with step_bits as (

    select
        cfg_funnel_steps.funnel,
        int_activities.activity_code,
        cast(sum(1 << (cfg_funnel_steps.step_index - 1)) as bigint) as steps
    from cfg_funnel_steps
    inner join int_activities on cfg_funnel_steps.activity = int_activities.activity
    group by cfg_funnel_steps.funnel, int_activities.activity_code

),

matched as (

    select
        cfg_funnels.funnel,
        cfg_funnels.entry,
        case cfg_funnels.unit
            when 'customer' then int_event_log.customer_code
            when 'journey' then int_event_journey.journey_code
            else int_event_session.session_code
        end as unit_code,
        int_event_log.event_number,
        int_event_log.occurred_us,
        int_event_log.source_order,
        case
            when int_event_log.is_customer then step_bits.steps
            else step_bits.steps & ~cast(1 as bigint)
        end as steps
    from int_event_log
    inner join step_bits on int_event_log.activity_code = step_bits.activity_code
    inner join cfg_funnels on step_bits.funnel = cfg_funnels.funnel
    inner join int_event_journey
        on
            int_event_log.event_number = int_event_journey.event_number
            and cfg_funnels.journey_kind = int_event_journey.journey_kind
    left join int_event_session
        on int_event_log.event_number = int_event_session.event_number
    where cfg_funnels.unit <> 'journey' or not int_event_journey.is_aftermath

)

select
    funnel,
    unit_code,
    event_number,
    occurred_us,
    source_order,
    steps,
    steps & 1 = 1
    and (entry = 'any' or count(*) filter (where steps & 1 = 1) over so_far = 1)
        as is_entry,
    coalesce(lag(occurred_us) over in_unit = occurred_us, false)
    or coalesce(lead(occurred_us) over in_unit = occurred_us, false) as is_tied
from matched
where unit_code is not null and steps > 0
window
    in_unit as (
        partition by funnel, unit_code order by occurred_us, event_number
    ),
    so_far as (
        partition by funnel, unit_code order by occurred_us, event_number
        rows between unbounded preceding and current row
    )
