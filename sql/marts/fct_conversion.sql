-- Conversion of each funnel per slice and month of the entry.
-- key: funnel, period, persona, segment, segment_value
--
-- funnel                  name in the project file
-- period                  `all`, or the first day of the month of the entry
-- persona                 `all`, or the persona
-- segment                 `all`, or the segment
-- segment_value           `all`, or its value
-- entered                 units with an entry
-- converted               of those, reached the last step
-- in_progress             of those, still have time
-- entered_mature          units with an entry whose window has ended
-- converted_mature        of those, reached the last step from such an entry
-- rate_observed           converted / entered; low by whoever has not finished
-- rate_observed_low       its 95 % Wilson interval
-- rate_observed_high      its 95 % Wilson interval
-- rate_mature             converted_mature / entered_mature
-- rate_mature_low         its 95 % Wilson interval
-- rate_mature_high        its 95 % Wilson interval
-- rate_km                 probability to convert within the window (Kaplan and Meier
--                         1958); where exclusions or exits compete, Aalen and
--                         Johansen's (1978)
-- rate_km_low             its 95 % interval over customers, symmetric for log(-log)
-- rate_km_high            its 95 % interval over customers, symmetric for log(-log)
-- rate_km_reason          why rate_km is null
-- at_risk_at_window       units neither converted nor censored before the end of it
-- conversion_rate         the headline: rate_km with 30 at risk, else rate_mature
-- conversion_rate_low     its interval
-- conversion_rate_high    its interval
-- conversion_rate_basis   which of the rates it is; null if none
-- conversion_rate_reason  why it is null
-- seconds_to_convert_p50  time by which half of those who enter convert; null if they
--                         do not within the window
-- seconds_to_convert_p90  the same of nine in ten

with units as (

    select
        int_funnel_units.funnel,
        int_funnel_slices.slice_set,
        cast(int_funnel_units.entry_month as varchar) as month,
        count(*) as entered,
        count(*) filter (where int_funnel_units.state = 'converted') as converted,
        count(*) filter (where int_funnel_units.state = 'in_progress') as in_progress,
        count(int_funnel_units.depth_mature) as entered_mature,
        count(*) filter (where int_funnel_units.depth_mature = cfg_funnels.steps)
            as converted_mature
    from int_funnel_units
    inner join cfg_funnels on int_funnel_units.funnel = cfg_funnels.funnel
    inner join int_funnel_slices
        on
            int_funnel_units.funnel = int_funnel_slices.funnel
            and int_funnel_units.unit_code = int_funnel_slices.unit_code
            and int_funnel_units.attempt_index = int_funnel_slices.attempt_index
            and int_funnel_units.attempt_index = int_funnel_slices.attempt_index
    group by all

),

periods as (

    select
        * exclude (month),
        month as period
    from units
    union all by name
    select
        * exclude (month),
        'all' as period
    from units

),

counted as (

    select
        periods.funnel,
        periods.period,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(periods.entered) as bigint) as entered,
        cast(sum(periods.converted) as bigint) as converted,
        cast(sum(periods.in_progress) as bigint) as in_progress,
        cast(sum(periods.entered_mature) as bigint) as entered_mature,
        cast(sum(periods.converted_mature) as bigint) as converted_mature
    from periods
    inner join int_slices on periods.slice_set = int_slices.slice_set
    group by all

),

entered_or_not as (

    select * from counted
    union all by name
    -- A funnel that nobody entered has zeros, not no row.
    select
        cfg_funnels.funnel,
        'all' as period,
        'all' as persona,
        'all' as segment,
        'all' as segment_value,
        0 as entered,
        0 as converted,
        0 as in_progress,
        0 as entered_mature,
        0 as converted_mature
    from cfg_funnels
    anti join units on cfg_funnels.funnel = units.funnel

),

estimated as (

    select
        entered_or_not.*,
        py_funnel_curves.incidence as rate_km,
        py_funnel_curves.incidence_low as rate_km_low,
        py_funnel_curves.incidence_high as rate_km_high,
        coalesce(py_funnel_curves.at_risk, 0) as at_risk_at_window,
        py_funnel_curves.p50_us,
        py_funnel_curves.p90_us,
        conversion_basis(
            py_funnel_curves.incidence,
            py_funnel_curves.at_risk,
            entered_or_not.entered_mature
        ) as conversion_rate_basis
    from entered_or_not
    inner join cfg_funnels on entered_or_not.funnel = cfg_funnels.funnel
    left join py_funnel_curves
        on
            entered_or_not.funnel = py_funnel_curves.funnel
            and entered_or_not.period = py_funnel_curves.period
            and entered_or_not.persona = py_funnel_curves.persona
            and entered_or_not.segment = py_funnel_curves.segment
            and entered_or_not.segment_value = py_funnel_curves.segment_value
            and cfg_funnels.steps = py_funnel_curves.step_index
            and py_funnel_curves.is_window_end

)

select
    funnel,
    period,
    persona,
    segment,
    segment_value,
    entered,
    converted,
    in_progress,
    entered_mature,
    converted_mature,
    converted / nullif(entered, 0) as rate_observed,
    wilson_low(converted, entered) as rate_observed_low,
    wilson_high(converted, entered) as rate_observed_high,
    converted_mature / nullif(entered_mature, 0) as rate_mature,
    wilson_low(converted_mature, entered_mature) as rate_mature_low,
    wilson_high(converted_mature, entered_mature) as rate_mature_high,
    rate_km,
    rate_km_low,
    rate_km_high,
    case
        when entered = 0 then 'nobody entered'
        when rate_km is null then 'nobody was seen for the whole window'
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
    p90_us / 1000000 as seconds_to_convert_p90
from estimated
order by funnel, period, persona, segment, segment_value
