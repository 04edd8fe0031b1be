-- The distinct sequences of activities.
-- key: path
--
-- path          activity codes in order
-- variant_id    hash of the variant
-- variant_code  number of the variant, from 1, in order of its hash
-- variant       activities in order, joined by ` > `
-- activities    activities in order, as a list

with paths as (

    select distinct path
    from int_journey_paths

),

named as (

    -- Codes number the activities in order of their names, from 1.
    select list(activity order by activity_code) as names
    from int_activities

),

told as (

    select
        paths.path,
        -- noqa: disable=RF02
        list_transform(paths.path, lambda code: named.names[code]) as activities
        -- noqa: enable=RF02
    from paths
    cross join named

),

identified as (

    select
        *,
        -- The names alone: one may hold ` > ` itself.
        substr(sha256(array_to_string(activities, chr(31))), 1, 16) as variant_id
    from told

)

select
    path,
    variant_id,
    row_number() over (order by variant_id, path) as variant_code,
    array_to_string(activities, ' > ') as variant,
    activities
from identified
