-- The ways to and from an anchor, an activity of [paths] `anchors` (default: the
-- goals): what comes before and after a journey's first time there. As many journeys
-- come to a node of a distance as go on from it or end there. At most 30 activities at
-- each distance, the most frequent of the whole; the rest are `$other`.
-- key: anchor, persona, segment, segment_value, distance, from_activity, to_activity
--
-- anchor         activity
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- distance       how far from the anchor, from 1; before it below 0, from -1
-- from_activity  what happens first; `$start`: the journey begins
-- to_activity    what happens next; `$end`: the journey ends; `$open`: it is in
--                progress, and nothing more is known
-- direction      before or after: on which side of the anchor
-- step_index     how far from the anchor, from 1 on either side
-- journeys       journeys that go so
-- from_others    activities that `$other` stands for in from_activity; else 0
-- to_others      activities that `$other` stands for in to_activity; else 0

with folded as (

    select
        anchor_code,
        is_after,
        distance,
        activity_code,
        count(*) over (partition by anchor_code, is_after, distance) as others
    from int_anchor_nodes
    where place > 30

),

flows as (

    select
        slice_set,
        anchor_code,
        is_after,
        unnest(range(1, len(codes))) as step_index,
        unnest(codes[:-2]) as near_code,
        unnest(codes[2:]) as far_code,
        journeys
    from int_anchor_windows

),

per_set as (

    select
        slice_set,
        anchor_code,
        is_after,
        step_index,
        near_code,
        far_code,
        sum(journeys) as journeys
    from flows
    group by slice_set, anchor_code, is_after, step_index, near_code, far_code

),

names as (

    select
        activity_code,
        activity
    from int_activities
    union all
    select
        unnest([0, -2, -3]) as activity_code,
        unnest(['$start', '$end', '$open']) as activity

),

told as (

    select
        per_set.slice_set,
        per_set.anchor_code,
        per_set.is_after,
        per_set.step_index,
        case when nearer.others > 0 then '$other' else near_names.activity end as near,
        coalesce(nearer.others, 0) as near_others,
        case when farther.others > 0 then '$other' else far_names.activity end as far,
        coalesce(farther.others, 0) as far_others,
        per_set.journeys
    from per_set
    inner join names as near_names on per_set.near_code = near_names.activity_code
    inner join names as far_names on per_set.far_code = far_names.activity_code
    left join folded as nearer
        on
            per_set.anchor_code = nearer.anchor_code
            and per_set.is_after = nearer.is_after
            and per_set.step_index - 1 = nearer.distance
            and per_set.near_code = nearer.activity_code
    left join folded as farther
        on
            per_set.anchor_code = farther.anchor_code
            and per_set.is_after = farther.is_after
            and per_set.step_index = farther.distance
            and per_set.far_code = farther.activity_code

)

select
    int_activities.activity as anchor,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value,
    case when told.is_after then told.step_index else -told.step_index end as distance,
    case when told.is_after then told.near else told.far end as from_activity,
    case when told.is_after then told.far else told.near end as to_activity,
    case when told.is_after then 'after' else 'before' end as direction,
    told.step_index,
    cast(sum(told.journeys) as bigint) as journeys,
    case when told.is_after then told.near_others else told.far_others end
        as from_others,
    case when told.is_after then told.far_others else told.near_others end
        as to_others
from told
inner join int_activities on told.anchor_code = int_activities.activity_code
inner join int_slices on told.slice_set = int_slices.slice_set
group by all
order by
    anchor,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value,
    distance,
    from_activity,
    to_activity
