-- Units that entered the funnel in the period, in the slice: rows of fct_funnel_units.
-- key: funnel, period, persona, segment, segment_value
--
-- entered             rows
-- converted           rows with state converted
-- in_progress         rows with state in_progress
-- entered_mature      rows with a `depth_mature`
-- converted_mature    rows whose `depth_mature` is the last step
-- rate_observed       converted / entered
-- rate_observed_low   its 95 % Wilson interval
-- rate_observed_high  its 95 % Wilson interval
-- rate_mature         converted_mature / entered_mature
-- rate_mature_low     its 95 % Wilson interval
-- rate_mature_high    its 95 % Wilson interval

with last_step as (
    select max(step_index) as step_index
    from meta_funnels
    where funnel = $funnel
),

counted as (

    select
        count(*) as entered,
        count(*) filter (where units.state = 'converted') as converted,
        count(*) filter (where units.state = 'in_progress') as in_progress,
        count(units.depth_mature) as entered_mature,
        count(*) filter (where units.depth_mature = last_step.step_index)
            as converted_mature
    from fct_funnel_units as units
    cross join last_step
    where
        units.funnel = $funnel
        and $period in ('all', cast(units.entry_month as varchar))
        and $persona in ('all', units.persona)
        and ($segment = 'all' or units.segments[$segment] = $segment_value)

)

select
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
    wilson_high(converted_mature, entered_mature) as rate_mature_high
from counted
