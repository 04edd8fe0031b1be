-- Funnels per slice and step. entered = reached of the last step + all that dropped,
-- are excluded or in progress; reached = that of the next required step + its own of
-- these.
-- key: funnel, persona, segment, segment_value, step_index
--
-- funnel                     name in the project file
-- persona                    `all`, or the persona
-- segment                    `all`, or the segment
-- segment_value              `all`, or its value
-- step_index                 position of the step, from 1
-- step                       its name; without one, the activities that count as it
-- is_optional                whether a unit may go on without it: such a step counts
--                            those whose chain holds it, and has no states
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
-- rate_km                    probability to reach the step within the window (Kaplan
--                            and Meier 1958); where exclusions or exits compete, Aalen
--                            and Johansen's (1978)
-- rate_km_low                its 95 % interval over customers, symmetric for log(-log)
-- rate_km_high               its 95 % interval over customers, symmetric for log(-log)
-- rate_km_reason             why rate_km is null
-- at_risk_at_window          units that neither reached the step nor were censored
--                            before the end of the window; null at the first step
-- conversion_rate            the headline: rate_km with 30 at risk, else rate_mature
-- conversion_rate_low        its interval
-- conversion_rate_high       its interval
-- conversion_rate_basis      which of the rates it is; null if none
-- conversion_rate_reason     why it is null
-- seconds_to_convert_p50     time by which half of those who enter reach the step; null
--                            if they do not within the window
-- seconds_to_convert_p90     the same of nine in ten
-- rate_observed_of_previous  reached / reached of the required step before; null
--                            at the first
-- rate_mature_of_previous    the same of mature entries

with units as (

    select
        int_funnel_units.funnel,
        int_funnel_slices.slice_set,
        int_funnel_units.depth,
        int_funnel_units.depth_strict,
        int_funnel_units.depth_interchangeable,
        int_funnel_units.depth_mature,
        int_funnel_units.optional_held,
        int_funnel_units.optional_held_strict,
        int_funnel_units.optional_held_interchangeable,
        int_funnel_units.optional_held_mature,
        int_funnel_units.state,
        count(*) as units
    from int_funnel_units
    inner join int_funnel_slices
        on
            int_funnel_units.funnel = int_funnel_slices.funnel
            and int_funnel_units.unit_code = int_funnel_slices.unit_code
            and int_funnel_units.attempt_index = int_funnel_slices.attempt_index
    group by all

),

steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index,
        cfg_funnel_steps.step,
        cfg_funnel_steps.is_optional,
        cfg_funnels.unit,
        cfg_funnels.window_us
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel

),

judged as (

    -- Units that are alike, at each step: an optional one has no states.
    select
        units.funnel,
        units.slice_set,
        steps.step_index,
        units.units,
        has_step(units.depth, units.optional_held, steps.step_index, steps.is_optional)
            as is_reached,
        has_step(
            units.depth_strict,
            units.optional_held_strict,
            steps.step_index,
            steps.is_optional
        ) as is_reached_strict,
        has_step(
            units.depth_interchangeable,
            units.optional_held_interchangeable,
            steps.step_index,
            steps.is_optional
        ) as is_reached_interchangeable,
        has_step(
            units.depth_mature,
            units.optional_held_mature,
            steps.step_index,
            steps.is_optional
        ) as is_reached_mature,
        units.depth_mature is not null as is_mature,
        case when units.depth = steps.step_index then units.state end as state
    from units
    inner join steps on units.funnel = steps.funnel

),

combined as (

    select
        funnel,
        slice_set,
        step_index,
        sum(units) as entered,
        sum(units) filter (where is_reached) as reached,
        sum(units) filter (where state = 'dropped') as dropped,
        sum(units) filter (where state = 'excluded') as excluded,
        sum(units) filter (where state = 'in_progress') as in_progress,
        sum(units) filter (where is_reached_strict) as reached_strict,
        sum(units) filter (where is_reached_interchangeable) as reached_interchangeable,
        sum(units) filter (where is_mature) as entered_mature,
        sum(units) filter (where is_reached_mature) as reached_mature
    from judged
    group by funnel, slice_set, step_index

),

counted as (

    select
        combined.funnel,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        combined.step_index,
        sum(combined.entered) as entered,
        sum(combined.reached) as reached,
        sum(combined.dropped) as dropped,
        sum(combined.excluded) as excluded,
        sum(combined.in_progress) as in_progress,
        sum(combined.reached_strict) as reached_strict,
        sum(combined.reached_interchangeable) as reached_interchangeable,
        sum(combined.entered_mature) as entered_mature,
        sum(combined.reached_mature) as reached_mature
    from combined
    inner join int_slices on combined.slice_set = int_slices.slice_set
    group by all

),

typed as (

    -- A funnel that nobody entered has zeros, not no rows.
    select
        steps.funnel,
        coalesce(counted.persona, 'all') as persona,
        coalesce(counted.segment, 'all') as segment,
        coalesce(counted.segment_value, 'all') as segment_value,
        steps.step_index,
        steps.step,
        steps.is_optional,
        steps.unit,
        steps.window_us,
        cast(coalesce(counted.entered, 0) as bigint) as entered,
        cast(coalesce(counted.reached, 0) as bigint) as reached,
        cast(coalesce(counted.dropped, 0) as bigint) as dropped,
        cast(coalesce(counted.excluded, 0) as bigint) as excluded,
        cast(coalesce(counted.in_progress, 0) as bigint) as in_progress,
        cast(coalesce(counted.reached_strict, 0) as bigint) as reached_strict,
        cast(coalesce(counted.reached_interchangeable, 0) as bigint)
            as reached_interchangeable,
        cast(coalesce(counted.entered_mature, 0) as bigint) as entered_mature,
        cast(coalesce(counted.reached_mature, 0) as bigint) as reached_mature
    from steps
    left join counted
        on steps.funnel = counted.funnel and steps.step_index = counted.step_index

),

estimated as (

    -- Whoever enters has reached the first step: that needs no estimate.
    select
        typed.*,
        typed.step_index = 1 and typed.entered > 0 as is_certain,
        case when is_certain then 1 else curves.incidence end as rate_km,
        case when is_certain then 1 else curves.incidence_low end as rate_km_low,
        case when is_certain then 1 else curves.incidence_high end as rate_km_high,
        case
            when is_certain then 'rate_km'
            else
                conversion_basis(
                    curves.incidence, curves.at_risk, typed.entered_mature
                )
        end as conversion_rate_basis,
        curves.at_risk as at_risk_at_window,
        case when is_certain then 0 else curves.p50_us end as p50_us,
        case when is_certain then 0 else curves.p90_us end as p90_us
    from typed
    left join py_funnel_curves as curves
        on
            typed.funnel = curves.funnel
            and typed.persona = curves.persona
            and typed.segment = curves.segment
            and typed.segment_value = curves.segment_value
            and typed.step_index = curves.step_index
            and curves.period = 'all'
            and curves.is_window_end

)

select
    funnel,
    persona,
    segment,
    segment_value,
    step_index,
    step,
    is_optional,
    unit,
    window_us / 1000000 as window_seconds,
    entered,
    reached,
    dropped,
    excluded,
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
    rate_km,
    rate_km_low,
    rate_km_high,
    case
        when entered = 0 then 'nobody entered'
        when rate_km is not null then null
        when at_risk_at_window is null then 'an optional step has no clock of its own'
        else 'nobody was seen for the whole window'
    end as rate_km_reason,
    at_risk_at_window,
    rate_of_basis(conversion_rate_basis, rate_km, rate_mature) as conversion_rate,
    rate_of_basis(conversion_rate_basis, rate_km_low, rate_mature_low)
        as conversion_rate_low,
    rate_of_basis(conversion_rate_basis, rate_km_high, rate_mature_high)
        as conversion_rate_high,
    conversion_rate_basis,
    conversion_reason(conversion_rate_basis, entered) as conversion_rate_reason,
    p50_us / 1000000 as seconds_to_convert_p50,
    p90_us / 1000000 as seconds_to_convert_p90,
    reached / nullif(
        lag(case when not is_optional then reached end ignore nulls) over funnel_steps,
        0
    ) as rate_observed_of_previous,
    reached_mature / nullif(
        lag(case when not is_optional then reached_mature end ignore nulls)
            over funnel_steps,
        0
    ) as rate_mature_of_previous
from estimated
window
    funnel_steps as (
        partition by funnel, persona, segment, segment_value order by step_index
    )
order by funnel, persona, segment, segment_value, step_index
