-- The variants that process models are judged by: the most frequent ones, until they
-- hold 90 % of the journeys, or are 500. None has more than 200 activities.
-- key: persona, variant_index
--
-- persona        `all`, or the persona
-- variant_index  place, from 1, the most frequent first
-- activities     activities in order, those of the models only
-- journeys       journeys that follow it
-- all_journeys   journeys that hold an activity of the models

with ranked as (

    select
        persona,
        path,
        journeys,
        row_number() over shorter_first as variant_index,
        cast(sum(journeys) over shorter_first as bigint) as journeys_so_far,
        cast(sum(journeys) over (partition by persona) as bigint) as all_journeys
    from int_model_paths
    window shorter_first as (
        partition by persona
        order by len(path) > 200 asc, journeys desc, path asc
        rows unbounded preceding
    )

),

named as (

    -- Codes number the activities in order of their names, from 1.
    select list(activity order by activity_code) as names
    from int_activities

)

select
    ranked.persona,
    ranked.variant_index,
    -- noqa: disable=RF02
    list_transform(ranked.path, lambda code: named.names[code]) as activities,
    -- noqa: enable=RF02
    ranked.journeys,
    ranked.all_journeys
from ranked
cross join named
where
    ranked.variant_index <= 500
    and len(ranked.path) <= 200
    and (ranked.journeys_so_far - ranked.journeys) * 10 < ranked.all_journeys * 9
order by ranked.persona, ranked.variant_index
