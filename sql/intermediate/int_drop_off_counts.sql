-- How many leave a funnel at each step, against what was to be expected.
-- key: funnel, period, persona, segment, segment_value, step_index
--
-- funnel              name of the funnel
-- period              `all`, or the first day of the month of the entry
-- persona             `all`, or the persona
-- segment             `all`, or the segment
-- segment_value       `all`, or its value
-- step_index          the step they leave after, from 1
-- reached             units that reached it
-- in_progress         of those, units that still have time
-- dropped             of those, units that went no further
-- at_risk             units that reached it from an entry whose window has ended: who
--                     still has time is left out whatever it did, or the quick ones of
--                     the last days would make all look better
-- dropped_at_risk     of those, units that went no further from such an entry
-- compared_at_risk    at_risk of what is compared with
-- compared_dropped    dropped_at_risk of what is compared with
-- expected_basis      period_before, or rest (the whole without this slice); null
--                     where there is nothing to compare with

with units as (

    select
        int_funnel_units.funnel,
        int_funnel_slices.slice_set,
        cast(int_funnel_units.entry_month as varchar) as month,
        int_funnel_units.depth,
        int_funnel_units.depth_mature,
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

periods as (

    select
        funnel, slice_set, month as period, depth, depth_mature, state, units
    from units
    union all
    select
        funnel, slice_set, 'all' as period, depth, depth_mature, state, units
    from units

),

steps as (
    select distinct funnel, step_index
    from cfg_funnel_steps
    where not is_optional
),

counted as (

    select
        periods.funnel,
        periods.period,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        steps.step_index,
        cast(sum(periods.units) as bigint) as reached,
        cast(
            coalesce(
                sum(periods.units) filter (
                    where
                    periods.depth = steps.step_index
                    and periods.state = 'in_progress'
                ),
                0
            ) as bigint
        ) as in_progress,
        cast(
            coalesce(
                sum(periods.units) filter (
                    where periods.depth = steps.step_index and periods.state = 'dropped'
                ),
                0
            ) as bigint
        ) as dropped,
        cast(
            coalesce(
                sum(periods.units) filter (
                    where periods.depth_mature >= steps.step_index
                ),
                0
            ) as bigint
        ) as at_risk,
        cast(
            coalesce(
                sum(periods.units) filter (
                    where periods.depth_mature = steps.step_index
                ),
                0
            ) as bigint
        ) as dropped_at_risk
    from periods
    inner join int_slices on periods.slice_set = int_slices.slice_set
    inner join steps
        on periods.funnel = steps.funnel and periods.depth >= steps.step_index
    inner join cfg_funnels on periods.funnel = cfg_funnels.funnel
    where steps.step_index < cfg_funnels.steps
    group by all

),

compared as (

    select
        judged.*,
        before.at_risk as before_at_risk,
        before.dropped_at_risk as before_dropped,
        whole.at_risk - judged.at_risk as rest_at_risk,
        whole.dropped_at_risk - judged.dropped_at_risk as rest_dropped
    from counted as judged
    left join counted as before
        on
            judged.funnel = before.funnel
            and judged.persona = before.persona
            and judged.segment = before.segment
            and judged.segment_value = before.segment_value
            and judged.step_index = before.step_index
            and judged.period <> 'all'
            and before.period = strftime(
                try_cast(judged.period as date) - interval 1 month, '%Y-%m-%d'
            )
    left join counted as whole
        on
            judged.funnel = whole.funnel
            and judged.step_index = whole.step_index
            and whole.period = 'all'
            and whole.persona = 'all'
            and whole.segment = 'all'

)

select
    funnel,
    period,
    persona,
    segment,
    segment_value,
    step_index,
    reached,
    in_progress,
    dropped,
    at_risk,
    dropped_at_risk,
    case
        when before_at_risk >= 30 then before_at_risk
        when rest_at_risk > 0 then rest_at_risk
    end as compared_at_risk,
    case
        when before_at_risk >= 30 then before_dropped
        when rest_at_risk > 0 then rest_dropped
    end as compared_dropped,
    case
        when before_at_risk >= 30 then 'period_before'
        when rest_at_risk > 0 then 'rest'
    end as expected_basis
from compared
order by funnel, period, persona, segment, segment_value, step_index
