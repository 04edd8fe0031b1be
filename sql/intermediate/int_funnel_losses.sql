-- Who is at risk of leaving a funnel at each step, and who left, per combination of
-- values that slice units: only entries whose window has ended.
-- key: funnel, step_index, slice_set
--
-- funnel      name of the funnel
-- step_index  the step they leave after, from 1
-- slice_set   combination of values
-- at_risk     units that reached it
-- lost        of those, units that went no further
-- converted   of those, units that reached the last step

with units as (

    select
        int_funnel_units.funnel,
        int_funnel_slices.slice_set,
        int_funnel_units.depth_mature,
        count(*) as units
    from int_funnel_units
    inner join int_funnel_slices
        on
            int_funnel_units.funnel = int_funnel_slices.funnel
            and int_funnel_units.unit_code = int_funnel_slices.unit_code
            and int_funnel_units.attempt_index = int_funnel_slices.attempt_index
    where int_funnel_units.depth_mature is not null
    group by all

),

steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index,
        cfg_funnels.steps
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel
    cross join cfg_pain_points
    where
        not cfg_funnel_steps.is_optional
        and cfg_funnel_steps.step_index < cfg_funnels.steps

)

select
    units.funnel,
    steps.step_index,
    units.slice_set,
    cast(sum(units.units) as bigint) as at_risk,
    cast(
        coalesce(
            sum(units.units) filter (where units.depth_mature = steps.step_index), 0
        ) as bigint
    ) as lost,
    cast(
        coalesce(
            sum(units.units) filter (where units.depth_mature = steps.steps), 0
        ) as bigint
    ) as converted
from units
inner join steps
    on units.funnel = steps.funnel and units.depth_mature >= steps.step_index
group by units.funnel, steps.step_index, units.slice_set
order by units.funnel, steps.step_index, units.slice_set
