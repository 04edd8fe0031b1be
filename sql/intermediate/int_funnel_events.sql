-- The events that matter to a funnel, per unit of that funnel: its steps, its
-- exclusions, and exits of the journey. A `direct` funnel has all events of the unit.
-- Not stored: it is read once, sorted.
-- key: funnel_index, unit_code, event_number
--
-- funnel_index   number of the funnel
-- unit_code      number of the customer, journey or session that the funnel counts
-- event_number   event in the log
-- occurred_us    when, in microseconds since 1970
-- source_order   the source's own order of events at the same time
-- steps          which steps it can be: bit k - 1 for step k
-- can_enter      whether it may open a chain: the customer's own, and within the days
--                from which the funnel takes its entries
-- ends_attempt   whether it is an exclusion
-- drops_unit     whether it is one that takes the unit out of the funnel
-- is_exit        whether it is an exit of the unit's kind of journey
-- hold_code      number of what the funnel holds constant; null if a part is missing,
--                or if it holds nothing

with meanings as (

    select
        cfg_funnel_steps.funnel,
        int_activities.activity_code,
        1 << (cfg_funnel_steps.step_index - 1) as steps,
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

),

meaning as (

    select
        cfg_funnels.funnel,
        cfg_funnels.funnel_index,
        meanings.activity_code,
        cfg_funnels.unit,
        cfg_funnels.journey_kind,
        coalesce(cfg_funnels.from_us, -9223372036854775808) as from_us,
        coalesce(cfg_funnels.until_us, 9223372036854775807) as until_us,
        cast(sum(meanings.steps) as bigint) as steps,
        bool_or(meanings.ends_attempt) as ends_attempt,
        bool_or(meanings.drops_unit) as drops_unit,
        bool_or(meanings.is_exit) as is_exit
    from meanings
    inner join cfg_funnels on meanings.funnel = cfg_funnels.funnel
    group by all

),

matched as (

    select
        meaning.funnel,
        meaning.funnel_index,
        meaning.unit,
        meaning.journey_kind,
        int_event_log.customer_code,
        int_event_log.event_number,
        int_event_log.occurred_us,
        int_event_log.source_order,
        meaning.steps,
        int_event_log.is_customer
        and meaning.from_us <= int_event_log.occurred_us
        and int_event_log.occurred_us < meaning.until_us
            as can_enter,
        meaning.ends_attempt,
        meaning.drops_unit,
        meaning.is_exit
    from int_event_log
    inner join meaning on int_event_log.activity_code = meaning.activity_code

),

placed as (

    -- A branch per kind of unit: one that no funnel counts costs nothing.
    select
        matched.*,
        matched.customer_code as unit_code
    from matched
    where matched.unit = 'customer'
    union all
    select
        matched.*,
        int_event_journey.journey_code as unit_code
    from matched
    inner join int_event_journey
        on
            matched.event_number = int_event_journey.event_number
            and matched.journey_kind = int_event_journey.journey_kind
    where matched.unit = 'journey' and not int_event_journey.is_aftermath
    union all
    select
        matched.*,
        int_event_session.session_code as unit_code
    from matched
    inner join int_event_session
        on matched.event_number = int_event_session.event_number
    where matched.unit = 'session'

),

held as (

    -- The values of one event, as one text that no other values have.
    select
        placed.funnel_index,
        placed.event_number,
        to_json(
            list(
                attribute_value(int_event_log.attributes, cfg_funnel_holds.attribute)
                order by cfg_funnel_holds.hold_index
            )
        ) as held_values
    from placed
    inner join cfg_funnel_holds on placed.funnel = cfg_funnel_holds.funnel
    inner join int_event_log on placed.event_number = int_event_log.event_number
    where placed.steps > 0
    group by placed.funnel_index, placed.event_number
    having
        count(attribute_value(int_event_log.attributes, cfg_funnel_holds.attribute))
        = count(*)

),

coded as (

    select
        funnel_index,
        event_number,
        dense_rank() over (order by held_values) as hold_code
    from held

)

select
    placed.funnel_index,
    placed.unit_code,
    placed.event_number,
    placed.occurred_us,
    placed.source_order,
    placed.steps,
    placed.can_enter,
    placed.ends_attempt,
    placed.drops_unit,
    placed.is_exit,
    coded.hold_code
from placed
left join coded
    on
        placed.funnel_index = coded.funnel_index
        and placed.event_number = coded.event_number
