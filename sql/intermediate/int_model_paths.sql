-- The distinct paths over the activities of process models. What came before an
-- activity that is passed over is followed by what came after it.
-- key: persona, path
--
-- persona   `all`, or the persona
-- path      activity codes in order, one at least
-- journeys  journeys that follow it

with told as (

    -- Two equal joins instead of one by `or`, which would compare all with all.
    select
        int_model_activities.persona,
        int_model_activities.activity_codes,
        int_model_journeys.path,
        int_model_journeys.journeys
    from int_model_journeys
    inner join int_model_activities
        on int_model_journeys.persona = int_model_activities.persona
    union all
    select
        int_model_activities.persona,
        int_model_activities.activity_codes,
        int_model_journeys.path,
        int_model_journeys.journeys
    from int_model_journeys
    inner join int_model_activities on int_model_activities.persona = 'all'

),

kept as (

    select
        persona,
        -- noqa: disable=RF02
        list_filter(
            path, lambda code: list_contains(activity_codes, code)
        ) as path,
        -- noqa: enable=RF02
        journeys
    from told

)

select
    persona,
    path,
    cast(sum(journeys) as bigint) as journeys
from kept
where len(path) > 0
group by persona, path
