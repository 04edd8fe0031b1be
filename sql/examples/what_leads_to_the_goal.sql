-- What do customers do directly before and after they first reach the goal?
-- Look at: `share`, of all who come to the goal. Distance -1 is the step before it, 1
-- the step after; `$start` and `$end` are the ends of the journey.
-- key: anchor, distance, activity
--
-- anchor    the goal
-- distance  steps from it: before it below 0
-- activity  what happens there
-- journeys  journeys in which it does
-- share     of all journeys that come to that distance
-- place     place at that distance, from 1

with met as (

    select
        anchor,
        distance,
        case when distance < 0 then from_activity else to_activity end as activity,
        cast(sum(journeys) as bigint) as journeys
    from fct_anchored_paths
    where persona = 'all' and segment = 'all' and abs(distance) <= 3
    group by all

),

placed as (

    select
        *,
        journeys / cast(
            sum(journeys) over (partition by anchor, distance) as bigint
        ) as share,
        row_number() over (
            partition by anchor, distance order by journeys desc, activity asc
        ) as place
    from met

)

select
    anchor,
    distance,
    activity,
    journeys,
    share,
    place
from placed
where place <= 5
order by anchor, distance, place
