-- Who leaves more often than expected, when, and at which step?
-- Look at: the top rows. `excess` is how many more left than in the month before;
-- `q_value` below 0.05 says that it is hardly chance. Neighbouring rows that name the
-- same step and month see the same trouble from several sides.
-- key: funnel, period, persona, segment, segment_value, step_index
--
-- funnel          name in the project file
-- period          month in which they entered
-- persona         `all`, or the persona
-- segment         `all`, or the segment
-- segment_value   `all`, or its value
-- step_index      the step they leave after
-- step            what they did last
-- next_step       what they do not come to
-- at_risk         who came to it and whose time is over
-- drop_rate       of those, who went no further
-- expected_rate   the same in the month before
-- excess          how many more that is
-- value_lost      in the project's currency
-- q_value         chance of such a difference without one

select
    funnel,
    period,
    persona,
    segment,
    segment_value,
    step_index,
    step,
    next_step,
    at_risk,
    drop_rate,
    expected_rate,
    excess,
    value_lost,
    q_value
from fct_drop_offs
where
    expected_basis = 'period_before'
    and segment not in ('month', 'outcome')
    and excess > 0
    and q_value < 0.05
order by
    excess desc,
    funnel asc,
    period asc,
    persona asc,
    segment asc,
    segment_value asc,
    step_index asc
limit 20
