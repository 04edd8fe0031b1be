-- The people behind every cell of fct_funnel: one row per unit that entered a funnel.
-- Its cells are counts of rows here: `depth >= step_index` reached the step, and
-- `depth = step_index` with a state is in that state there.
-- key: funnel, unit_id, attempt_index
--
-- funnel                 name in the project file
-- unit                   what the funnel counts: customer, journey or session
-- unit_id                customer_id, journey_id or session_id
-- attempt_index          position among the unit's attempts, from 1, where the funnel
--                        counts attempts; else 1
-- customer_id            customer of the unit
-- persona                its persona
-- segments               value of each segment of fct_funnel: `segments['device']`
-- entered_at             first entry, UTC
-- last_entry_at          last entry, UTC
-- entry_month            first day of the month of the first entry, in the zone
-- depth                  the last required step that it reached, from 1
-- depth_strict           the same where a tie satisfies no order; null if it then has
--                        none
-- depth_interchangeable  the same where a tie satisfies any order
-- depth_mature           the same from entries whose window has ended; null without
-- optional_held          optional steps on its way: bit step_index - 1 of a number
-- state                  converted, in_progress, excluded or dropped
-- last_step_at           when it reached its depth, UTC; of several times the last
-- converted_at           when it first converted from the latest entry that does, UTC
-- seconds_to_convert     time from that entry to the conversion

with sliced as (

    select
        slice_set,
        map_from_entries(list((segment, segment_value) order by segment)) as segments
    from int_slices
    where persona = 'all' and segment <> 'all'
    group by slice_set

)

select
    int_funnel_units.funnel,
    int_funnel_units.unit,
    case int_funnel_units.unit
        when 'journey' then int_journeys.journey_id
        when 'session' then int_sessions.session_id
        else int_customers.customer_id
    end as unit_id,
    int_funnel_units.attempt_index,
    int_customers.customer_id,
    int_slice_sets.persona,
    sliced.segments,
    make_timestamptz(int_funnel_units.first_entry_us) as entered_at,
    make_timestamptz(int_funnel_units.last_entry_us) as last_entry_at,
    int_funnel_units.entry_month,
    int_funnel_units.depth,
    int_funnel_units.depth_strict,
    int_funnel_units.depth_interchangeable,
    int_funnel_units.depth_mature,
    int_funnel_units.optional_held,
    int_funnel_units.state,
    make_timestamptz(int_funnel_units.last_step_us) as last_step_at,
    make_timestamptz(int_funnel_units.converted_us) as converted_at,
    int_funnel_units.step_us[cfg_funnels.steps] / 1000000 as seconds_to_convert
from int_funnel_units
inner join cfg_funnels on int_funnel_units.funnel = cfg_funnels.funnel
inner join int_funnel_slices
    on
        int_funnel_units.funnel = int_funnel_slices.funnel
        and int_funnel_units.unit_code = int_funnel_slices.unit_code
        and int_funnel_units.attempt_index = int_funnel_slices.attempt_index
inner join int_slice_sets on int_funnel_slices.slice_set = int_slice_sets.slice_set
inner join sliced on int_funnel_slices.slice_set = sliced.slice_set
inner join int_customers
    on int_funnel_units.customer_code = int_customers.customer_code
left join int_journeys
    on
        int_funnel_units.unit = 'journey'
        and int_funnel_units.unit_code = int_journeys.journey_code
left join int_sessions
    on
        int_funnel_units.unit = 'session'
        and int_funnel_units.unit_code = int_sessions.session_code
order by
    int_funnel_units.funnel,
    int_funnel_units.unit_code,
    int_funnel_units.attempt_index
