-- Funnels per slice and step. entered = reached of the last step + all that dropped,
-- are excluded or in progress; reached = that of the next step + its own of these.
-- key: funnel, persona, segment, segment_value, step_index
--
-- funnel                     name in the project file
-- persona                    `all`, or the persona
-- segment                    `all`, or the segment
-- segment_value              `all`, or its value
-- step_index                 position of the step, from 1
-- step                       activities that count as the step
-- unit                       what is counted: customer, journey or session
-- window_seconds             time from the entry within which a chain must end
-- entered                    units with an entry
-- reached                    units with a chain to this step
-- dropped                    units that came this far and no further
-- excluded                   units whose attempts all ended by an exclusion here
-- in_progress                units that came this far and still have time
-- reached_strict             reached, if a tie satisfies no order
-- reached_interchangeable    reached, if a tie satisfies any order
-- entered_mature             units with an entry whose window has ended
-- reached_mature             of those, reached this step from such an entry
-- rate_observed              reached / entered; low by whoever has not finished
-- rate_observed_low          its 95 % Wilson interval
-- rate_observed_high         its 95 % Wilson interval
-- rate_mature                reached_mature / entered_mature
-- rate_mature_low            its 95 % Wilson interval
-- rate_mature_high           its 95 % Wilson interval
-- rate_km                    null: see rate_km_reason
-- rate_km_low                null
-- rate_km_high               null
-- rate_km_reason             why rate_km is null
-- conversion_rate            the headline: rate_km, else rate_mature
-- conversion_rate_low        its interval
-- conversion_rate_high       its interval
-- conversion_rate_basis      which of the rates it is; null if none
-- conversion_rate_reason     why it is null
-- rate_observed_of_previous  reached / reached of the step before; null at the first
-- rate_mature_of_previous    the same of mature entries

with units as (

    select
        int_funnel_units.funnel,
        int_funnel_slices.slice_set,
        int_funnel_units.depth,
        int_funnel_units.depth_strict,
        int_funnel_units.depth_interchangeable,
        int_funnel_units.depth_mature,
        int_funnel_units.state,
        count(*) as units
    from int_funnel_units
    inner join int_funnel_slices
        on
            int_funnel_units.funnel = int_funnel_slices.funnel
            and int_funnel_units.unit_code = int_funnel_slices.unit_code
    group by all

),

steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index,
        cfg_funnel_steps.step,
        cfg_funnels.unit,
        cfg_funnels.window_us
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel

),

counted as (

    select
        units.funnel,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        steps.step_index,
        steps.step,
        steps.unit,
        steps.window_us,
        sum(units.units) as entered,
        sum(units.units * cast(units.depth >= steps.step_index as int)) as reached,
        sum(
            units.units
            * cast(units.depth = steps.step_index and units.state = 'dropped' as int)
        ) as dropped,
        sum(
            units.units
            * cast(
                units.depth = steps.step_index and units.state = 'in_progress' as int
            )
        ) as in_progress,
        sum(
            units.units
            * cast(coalesce(units.depth_strict, 0) >= steps.step_index as int)
        )
            as reached_strict,
        sum(
            units.units
            * cast(coalesce(units.depth_interchangeable, 0) >= steps.step_index as int)
        ) as reached_interchangeable,
        sum(units.units * cast(units.depth_mature is not null as int))
            as entered_mature,
        sum(
            units.units
            * cast(coalesce(units.depth_mature, 0) >= steps.step_index as int)
        )
            as reached_mature
    from units
    inner join int_slices on units.slice_set = int_slices.slice_set
    inner join steps on units.funnel = steps.funnel
    group by all

),

entered as (

    select * from counted
    union all by name
    -- A funnel that nobody entered has zeros, not no rows.
    select
        steps.funnel,
        'all' as persona,
        'all' as segment,
        'all' as segment_value,
        steps.step_index,
        steps.step,
        steps.unit,
        steps.window_us,
        0 as entered,
        0 as reached,
        0 as dropped,
        0 as in_progress,
        0 as reached_strict,
        0 as reached_interchangeable,
        0 as entered_mature,
        0 as reached_mature
    from steps
    anti join units on steps.funnel = units.funnel

),

typed as (

    select
        * replace (
            cast(entered as bigint) as entered,
            cast(reached as bigint) as reached,
            cast(dropped as bigint) as dropped,
            cast(in_progress as bigint) as in_progress,
            cast(reached_strict as bigint) as reached_strict,
            cast(reached_interchangeable as bigint) as reached_interchangeable,
            cast(entered_mature as bigint) as entered_mature,
            cast(reached_mature as bigint) as reached_mature
        )
    from entered

)

select
    funnel,
    persona,
    segment,
    segment_value,
    step_index,
    step,
    unit,
    window_us / 1000000 as window_seconds,
    entered,
    reached,
    dropped,
    cast(0 as bigint) as excluded,
    in_progress,
    reached_strict,
    reached_interchangeable,
    entered_mature,
    reached_mature,
    reached / nullif(entered, 0) as rate_observed,
    wilson_low(reached, entered) as rate_observed_low,
    wilson_high(reached, entered) as rate_observed_high,
    reached_mature / nullif(entered_mature, 0) as rate_mature,
    wilson_low(reached_mature, entered_mature) as rate_mature_low,
    wilson_high(reached_mature, entered_mature) as rate_mature_high,
    cast(null as double) as rate_km,
    cast(null as double) as rate_km_low,
    cast(null as double) as rate_km_high,
    'not estimated by this version' as rate_km_reason,
    reached_mature / nullif(entered_mature, 0) as conversion_rate,
    wilson_low(reached_mature, entered_mature) as conversion_rate_low,
    wilson_high(reached_mature, entered_mature) as conversion_rate_high,
    case when entered_mature > 0 then 'rate_mature' end as conversion_rate_basis,
    case when entered_mature = 0 then 'no entry has had its whole window yet' end
        as conversion_rate_reason,
    reached / nullif(lag(reached) over funnel_steps, 0) as rate_observed_of_previous,
    reached_mature / nullif(lag(reached_mature) over funnel_steps, 0)
        as rate_mature_of_previous
from typed
window
    funnel_steps as (
        partition by funnel, persona, segment, segment_value order by step_index
    )
order by funnel, persona, segment, segment_value, step_index
