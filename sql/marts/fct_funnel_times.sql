-- How the share that reaches a step of a funnel grows with the time since the entry,
-- per slice: 61 points from the entry to the end of the window.
-- key: funnel, persona, segment, segment_value, step_index, seconds
--
-- funnel         name in the project file
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- step_index     position of the step, from 2; an optional step has no curve
-- seconds        time since the entry
-- at_risk        units that neither reached the step nor were lost or censored before
-- reached        units seen to reach it by then
-- rate_km        probability to reach it by then (Kaplan and Meier 1958, or Aalen and
--                Johansen 1978); null where nobody was seen for so long
-- rate_km_low    its 95 % interval over customers, symmetric for log(-log)
-- rate_km_high   its 95 % interval over customers, symmetric for log(-log)
-- competing      probability to be excluded, or to exit, before

select
    funnel,
    persona,
    segment,
    segment_value,
    step_index,
    time_us / 1000000 as seconds,
    at_risk,
    ended as reached,
    incidence as rate_km,
    incidence_low as rate_km_low,
    incidence_high as rate_km_high,
    competing
from py_funnel_curves
where period = 'all'
order by funnel, persona, segment, segment_value, step_index, seconds
