-- A fair sample of the finished journeys of each persona, by variant: 200 of them, in
-- order of a hash, so that it is mostly the same one next time.
-- key: persona, place
--
-- persona             the persona
-- place               from 1, the most frequent first
-- path                activity codes in order
-- sampled             journeys of the sample that follow it
-- journeys            finished journeys of the persona that follow it
-- every               finished journeys of the persona with a step
-- example_journey_id  the one of these that ended last; of equals the first

with finished as (

    select
        int_personas.persona,
        int_journey_paths.path,
        int_journeys.journey_code,
        int_journeys.journey_id,
        int_journeys.ended_at
    from int_journeys
    inner join int_journey_paths
        on int_journeys.journey_code = int_journey_paths.journey_code
    inner join int_personas on int_journeys.customer_code = int_personas.customer_code
    where
        int_journeys.journey_kind = 'main'
        and int_journeys.outcome <> 'in_progress'
        and len(int_journey_paths.path) > 0

),

hashed as (

    select
        persona,
        path,
        row_number() over (
            partition by persona order by md5(journey_id), journey_code
        ) as draw,
        count(*) over (partition by persona) as every
    from finished

),

drawn as (

    select
        persona,
        path,
        any_value(every) as every,
        count(*) as sampled
    from hashed
    where draw <= 200
    group by persona, path

),

followed as (

    select
        finished.persona,
        finished.path,
        count(*) as journeys,
        arg_max(
            finished.journey_id, (finished.ended_at, -finished.journey_code)
        ) as example_journey_id
    from finished
    inner join drawn
        on finished.persona = drawn.persona and finished.path = drawn.path
    group by finished.persona, finished.path

)

select
    drawn.persona,
    row_number() over (
        partition by drawn.persona order by followed.journeys desc, drawn.path asc
    ) as place,
    drawn.path,
    drawn.sampled,
    followed.journeys,
    drawn.every,
    followed.example_journey_id
from drawn
inner join followed on drawn.persona = followed.persona and drawn.path = followed.path
