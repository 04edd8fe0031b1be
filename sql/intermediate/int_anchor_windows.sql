-- What journeys do before and after they first come to an anchor.
-- key: slice_set, anchor_code, is_after, codes
--
-- slice_set    combination of values
-- anchor_code  activity that is the anchor
-- is_after     whether after the anchor, not before
-- codes        activity codes from the anchor on, itself included; before it,
--              backwards. 0: the start of the journey, -2: its end, -3: its end as far
--              as it is known, of one in progress
-- journeys     journeys

with anchors as (

    select
        int_activities.activity_code,
        cfg_anchors.steps
    from cfg_anchors
    inner join int_activities on cfg_anchors.activity = int_activities.activity

),

placed as (

    select
        anchors.activity_code as anchor_code,
        anchors.steps,
        int_journey_paths.journey_code,
        -- What lies beyond a path stands at its ends.
        list_concat(
            [0],
            int_journey_paths.path,
            [case when int_journeys.outcome = 'in_progress' then -3 else -2 end]
        ) as path,
        list_position(int_journey_paths.path, anchors.activity_code) + 1 as place
    from int_journey_paths
    inner join anchors
        on list_contains(int_journey_paths.path, anchors.activity_code)
    inner join int_journeys
        on int_journey_paths.journey_code = int_journeys.journey_code

),

sides as (

    select
        journey_code,
        anchor_code,
        unnest([false, true]) as is_after,
        unnest(
            [
                list_reverse(path[greatest(place - steps, 1):place]),
                path[place:place + steps]
            ]
        ) as codes
    from placed

)

select
    int_unit_slices.slice_set,
    sides.anchor_code,
    sides.is_after,
    sides.codes,
    count(*) as journeys
from sides
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and sides.journey_code = int_unit_slices.unit_code
group by int_unit_slices.slice_set, sides.anchor_code, sides.is_after, sides.codes
