-- The activities at each distance from an anchor, the most frequent first.
-- key: anchor_code, is_after, distance, activity_code
--
-- anchor_code    activity that is the anchor
-- is_after       whether after the anchor, not before
-- distance       steps from the anchor, from 1
-- activity_code  what happens there
-- journeys       journeys in which it does
-- place          place by journeys, from 1

with nodes as (

    select
        anchor_code,
        is_after,
        unnest(range(1, len(codes))) as distance,
        unnest(codes[2:]) as activity_code,
        journeys
    from int_anchor_windows

)

select
    anchor_code,
    is_after,
    distance,
    activity_code,
    cast(sum(journeys) as bigint) as journeys,
    row_number() over (
        partition by anchor_code, is_after, distance
        order by sum(journeys) desc, activity_code asc
    ) as place
from nodes
where activity_code > 0
group by anchor_code, is_after, distance, activity_code
