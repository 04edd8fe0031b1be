-- Is everybody who entered a funnel in exactly one place, in every slice?
-- Look at: `unexplained` and `differing`, which must be 0. Whoever reached a step went
-- on, dropped out, was excluded, or still has time; the slices add up to the whole.
-- key: funnel, step_index
--
-- funnel       name in the project file
-- step_index   position of the step
-- step         its name
-- reached      who came to it
-- went_on      of those, who came to the next step
-- dropped      of those, who went no further
-- excluded     of those, whose attempts ended by an exclusion
-- in_progress  of those, who still have time
-- unexplained  who is left over, in all slices together
-- differing    slices of devices, channels and the like that do not add up to the whole

with steps as (

    select
        *,
        coalesce(
            lead(reached) over (
                partition by funnel, persona, segment, segment_value
                order by step_index
            ),
            -- Nobody is left at the last step: who came to it has converted.
            reached
        ) as went_on,
        persona = 'all' and segment = 'all' as is_whole
    from fct_funnel
    where not is_optional

),

slices as (

    select
        funnel,
        step_index,
        persona,
        segment,
        sum(reached) as reached
    from steps
    where segment <> 'all'
    group by funnel, step_index, persona, segment

),

compared as (

    select
        slices.funnel,
        slices.step_index,
        count(*) filter (where slices.reached <> wholes.reached) as differing
    from slices
    inner join steps as wholes
        on
            slices.funnel = wholes.funnel
            and slices.step_index = wholes.step_index
            and slices.persona = wholes.persona
            and wholes.segment = 'all'
    group by slices.funnel, slices.step_index

),

summed as (

    select
        funnel,
        step_index,
        any_value(step) as step,
        max(reached) filter (where is_whole) as reached,
        max(went_on) filter (where is_whole) as went_on,
        max(dropped) filter (where is_whole) as dropped,
        max(excluded) filter (where is_whole) as excluded,
        max(in_progress) filter (where is_whole) as in_progress,
        cast(
            sum(abs(reached - went_on - dropped - excluded - in_progress)) as bigint
        ) as unexplained
    from steps
    group by funnel, step_index

)

select
    summed.funnel,
    summed.step_index,
    summed.step,
    summed.reached,
    summed.went_on,
    summed.dropped,
    summed.excluded,
    summed.in_progress,
    summed.unexplained,
    coalesce(compared.differing, 0) as differing
from summed
left join compared
    on
        summed.funnel = compared.funnel
        and summed.step_index = compared.step_index
order by summed.funnel, summed.step_index
