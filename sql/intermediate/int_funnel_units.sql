-- One row per unit that entered a funnel: how far it came, and its state at $as_of.
-- Where attempts are counted, each is a unit.
-- key: funnel, unit_code, attempt_index
--
-- funnel                         name of the funnel
-- unit                           customer, journey or session
-- unit_code                      number of the unit
-- attempt_index                  position among the unit's attempts, from 1; else 1
-- customer_code                  number of its customer
-- depth                          the last required step it reached, from 1
-- depth_strict                   the same where a tie satisfies no order
-- depth_interchangeable          the same where a tie satisfies any order
-- depth_mature                   the same from entries whose window has ended; null
--                                without
-- optional_held                  optional steps of the chain that decides: bit k - 1
--                                for step k
-- optional_held_strict           the same of the chain that gives depth_strict
-- optional_held_interchangeable  the same of depth_interchangeable
-- optional_held_mature           the same of depth_mature
-- state                          converted, in_progress, excluded or dropped
-- is_open                        whether the unit may still go on
-- first_entry_us                 first entry, in microseconds since 1970
-- last_entry_us                  last entry
-- entry_month                    first day of the month of its first entry, in the zone
-- last_step_event                event at which it reached its depth; of several, the
--                                last
-- last_step_us                   when that was
-- converted_us                   when it converted; null if it did not
-- ended_us                       the exclusion that ended the last entry's attempt;
--                                null if none did
-- exited_us                      the journey's exit in the last entry's window; null
--                                if there is none
-- step_us                        per step: time from the latest entry that reaches it
--                                to the first event that does; null where none does

with placed as (

    -- A customer is always open, a journey until its outcome is known, a session until
    -- its silence is. Of a dialect, the bounds of ties are our own.
    select
        py_funnel_units.* exclude (
            depth_strict,
            depth_interchangeable,
            optional_held_strict,
            optional_held_interchangeable
        ),
        coalesce(py_funnel_units.depth_strict, own.depth_strict) as depth_strict,
        coalesce(py_funnel_units.depth_interchangeable, own.depth_interchangeable)
            as depth_interchangeable,
        coalesce(py_funnel_units.optional_held_strict, own.optional_held_strict)
            as optional_held_strict,
        coalesce(
            py_funnel_units.optional_held_interchangeable,
            own.optional_held_interchangeable
        ) as optional_held_interchangeable,
        cfg_funnels.unit,
        cfg_funnels.steps,
        cfg_funnels.window_us,
        coalesce(
            int_journeys.customer_code,
            int_sessions.customer_code,
            py_funnel_units.unit_code
        ) as customer_code,
        case cfg_funnels.unit
            when 'customer' then true
            when 'journey' then int_journeys.outcome = 'in_progress'
            else int_sessions.ended_us + $session_gap_us > $as_of_us
        end as is_open
    from py_funnel_units
    inner join cfg_funnels on py_funnel_units.funnel = cfg_funnels.funnel
    left join py_funnel_own_units as own
        on
            py_funnel_units.funnel = own.funnel
            and py_funnel_units.unit_code = own.unit_code
            and py_funnel_units.attempt_index = own.attempt_index
    left join int_journeys
        on
            cfg_funnels.unit = 'journey'
            and py_funnel_units.unit_code = int_journeys.journey_code
    left join int_sessions
        on
            cfg_funnels.unit = 'session'
            and py_funnel_units.unit_code = int_sessions.session_code

)

select
    funnel,
    unit,
    unit_code,
    attempt_index,
    customer_code,
    depth,
    depth_strict,
    depth_interchangeable,
    depth_mature,
    optional_held,
    optional_held_strict,
    optional_held_interchangeable,
    optional_held_mature,
    case
        when depth = steps then 'converted'
        when last_entry_us + window_us > $as_of_us and ended_us is null and is_open
            then 'in_progress'
        when is_excluded then 'excluded'
        else 'dropped'
    end as state,
    is_open,
    first_entry_us,
    last_entry_us,
    cast(
        date_trunc('month', timezone($zone, make_timestamptz(first_entry_us))) as date
    ) as entry_month,
    last_step_event,
    last_step_us,
    converted_us,
    ended_us,
    exited_us,
    step_us
from placed
