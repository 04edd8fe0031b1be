-- Where a funnel counted by the rules of another system parts from our own rules for
-- the same funnel. Only for funnels with a dialect; `docs/migration.md` says why.
-- key: funnel, persona, segment, segment_value, step_index
--
-- funnel         name in the project file
-- dialect        posthog, mixpanel or clickhouse
-- persona        `all`, or the persona
-- segment        `all`, or the segment; the month is that of the unit's start, which
--                is the same for both
-- segment_value  `all`, or its value
-- step_index     position of the step, from 1
-- step           its name
-- reached        units, or attempts, that reach it under the dialect
-- reached_own    the same under our own rules
-- difference     reached - reached_own = units_gained - units_lost
-- units_gained   units that reach it under the dialect only; of attempts, how many
--                more of a unit do
-- units_lost     units that reach it under our own rules only

with steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnels.dialect,
        cfg_funnels.unit,
        cfg_funnel_steps.step_index,
        cfg_funnel_steps.step
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel
    where cfg_funnels.dialect is not null

),

depths as (

    select
        int_funnel_units.funnel,
        int_funnel_units.unit_code,
        int_funnel_units.depth,
        1 as theirs,
        0 as ours
    from int_funnel_units
    inner join cfg_funnels on int_funnel_units.funnel = cfg_funnels.funnel
    where cfg_funnels.dialect is not null
    union all
    select
        funnel,
        unit_code,
        depth,
        0 as theirs,
        1 as ours
    from py_funnel_own_units

),

counted as (

    select
        depths.funnel,
        steps.unit,
        depths.unit_code,
        steps.step_index,
        sum(if(depths.depth >= steps.step_index, depths.theirs, 0)) as theirs,
        sum(if(depths.depth >= steps.step_index, depths.ours, 0)) as ours
    from depths
    inner join steps on depths.funnel = steps.funnel
    group by all

),

combined as (

    select
        counted.funnel,
        counted.step_index,
        int_unit_slices.slice_set,
        sum(counted.theirs) as reached,
        sum(counted.ours) as reached_own,
        sum(greatest(counted.theirs - counted.ours, 0)) as units_gained,
        sum(greatest(counted.ours - counted.theirs, 0)) as units_lost
    from counted
    inner join int_unit_slices
        on
            counted.unit = int_unit_slices.unit
            and counted.unit_code = int_unit_slices.unit_code
    group by all

),

sliced as (

    select
        combined.funnel,
        combined.step_index,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        sum(combined.reached) as reached,
        sum(combined.reached_own) as reached_own,
        sum(combined.units_gained) as units_gained,
        sum(combined.units_lost) as units_lost
    from combined
    inner join int_slices on combined.slice_set = int_slices.slice_set
    group by all

)

-- A funnel that nobody entered has zeros, not no rows.
select
    steps.funnel,
    steps.dialect,
    coalesce(sliced.persona, 'all') as persona,
    coalesce(sliced.segment, 'all') as segment,
    coalesce(sliced.segment_value, 'all') as segment_value,
    steps.step_index,
    steps.step,
    cast(coalesce(sliced.reached, 0) as bigint) as reached,
    cast(coalesce(sliced.reached_own, 0) as bigint) as reached_own,
    cast(coalesce(sliced.reached - sliced.reached_own, 0) as bigint) as difference,
    cast(coalesce(sliced.units_gained, 0) as bigint) as units_gained,
    cast(coalesce(sliced.units_lost, 0) as bigint) as units_lost
from steps
left join sliced
    on steps.funnel = sliced.funnel and steps.step_index = sliced.step_index
order by steps.funnel, persona, segment, segment_value, steps.step_index
