-- The activities of process models: those that at least one journey in five holds, the
-- 40 most widely held if they are more. Others are passed over.
-- key: persona
--
-- persona         `all`, or the persona
-- journeys        journeys that are over
-- steps           their steps
-- kept_steps      those of them that are of the activities of the models
-- activity_codes  these activities, in order of their codes

with held as (

    select
        persona,
        journeys,
        path,
        unnest(list_distinct(path)) as activity_code
    from int_model_journeys

),

holders as (

    select
        coalesce(persona, 'all') as persona,
        activity_code,
        sum(journeys) as journeys,
        sum(
            journeys * len(list_filter(path, lambda code: code = activity_code))
        ) as steps
    from held
    group by grouping sets ((persona, activity_code), (activity_code))

),

totals as (

    select
        coalesce(persona, 'all') as persona,
        cast(sum(journeys) as bigint) as journeys,
        cast(sum(journeys * len(path)) as bigint) as steps
    from int_model_journeys
    group by grouping sets ((persona), ())

),

ranked as (

    select
        holders.persona,
        holders.activity_code,
        holders.steps,
        row_number() over (
            partition by holders.persona
            order by holders.journeys desc, holders.activity_code asc
        ) as place
    from holders
    inner join totals on holders.persona = totals.persona
    where holders.journeys * 5 >= totals.journeys

)

select
    totals.persona,
    totals.journeys,
    totals.steps,
    coalesce(cast(sum(ranked.steps) as bigint), 0) as kept_steps,
    coalesce(
        list(ranked.activity_code order by ranked.activity_code)
        filter (where ranked.activity_code is not null),
        []
    ) as activity_codes
from totals
left join ranked on totals.persona = ranked.persona and ranked.place <= 40
group by totals.persona, totals.journeys, totals.steps
having totals.journeys > 0
