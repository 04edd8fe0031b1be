-- What process models are mined from: the directly-follows graph of each persona, of
-- the activities that at least one journey in five holds. Others are passed over: what
-- came before one is followed by what came after it.
-- key: persona, activity, next_activity
--
-- persona        `all`, or the persona
-- activity       what happened first; empty for what is before the start
-- next_activity  what happened next in the journey; empty for what is after the end
-- transitions    how often

with steps as (

    select
        int_slice_sets.persona,
        int_steps.journey_code,
        int_steps.event_number,
        int_steps.activity_code,
        int_steps.step_position
    from int_steps
    inner join int_slice_sets on int_steps.slice_set = int_slice_sets.slice_set
    where int_steps.is_step

),

journeys as (

    select
        coalesce(persona, 'all') as persona,
        count(*) as journeys
    from steps
    where step_position = 1
    group by grouping sets ((persona), ())

),

held as (

    select distinct
        persona,
        journey_code,
        activity_code
    from steps

),

holders as (

    select
        coalesce(persona, 'all') as persona,
        activity_code,
        count(*) as journeys
    from held
    group by grouping sets ((persona, activity_code), (activity_code))

),

kept as (

    select
        holders.persona,
        holders.activity_code
    from holders
    inner join journeys on holders.persona = journeys.persona
    where holders.journeys * 5 >= journeys.journeys

),

told as (

    -- A journey is told once for everybody, and once for its persona.
    select
        true as is_all,
        kept.persona,
        steps.journey_code,
        steps.event_number,
        steps.activity_code
    from steps
    inner join kept
        on steps.activity_code = kept.activity_code and kept.persona = 'all'
    union all
    select
        false as is_all,
        kept.persona,
        steps.journey_code,
        steps.event_number,
        steps.activity_code
    from steps
    inner join kept
        on
            steps.activity_code = kept.activity_code
            and steps.persona = kept.persona

),

linked as (

    select
        persona,
        activity_code,
        lag(activity_code) over journey as before_code,
        lead(activity_code) over journey as next_code
    from told
    window journey as (
        partition by is_all, journey_code order by event_number
    )

),

arcs as (

    select
        persona,
        activity_code,
        next_code
    from linked
    union all
    select
        persona,
        null as activity_code,
        activity_code as next_code
    from linked
    where before_code is null

)

select
    arcs.persona,
    coalesce(earlier.activity, '') as activity,
    coalesce(later.activity, '') as next_activity,
    count(*) as transitions
from arcs
left join int_activities as earlier on arcs.activity_code = earlier.activity_code
left join int_activities as later on arcs.next_code = later.activity_code
group by arcs.persona, earlier.activity, later.activity
order by arcs.persona, activity, next_activity
