-- The directly-follows graph of each persona that process models are mined from: of
-- their activities only, and of all journeys that are over and hold one.
-- key: persona, activity, next_activity
--
-- persona        `all`, or the persona
-- activity       what happened first; empty for what is before the start
-- next_activity  what happened next in the journey; empty for what is after the end
-- transitions    how often

with arcs as (

    select
        persona,
        journeys,
        unnest(list_prepend(null, path)) as activity_code,
        unnest(list_append(path, null)) as next_code
    from int_model_paths

)

select
    arcs.persona,
    coalesce(earlier.activity, '') as activity,
    coalesce(later.activity, '') as next_activity,
    cast(sum(arcs.journeys) as bigint) as transitions
from arcs
left join int_activities as earlier on arcs.activity_code = earlier.activity_code
left join int_activities as later on arcs.next_code = later.activity_code
group by arcs.persona, earlier.activity, later.activity
order by arcs.persona, activity, next_activity
