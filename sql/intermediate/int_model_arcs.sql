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
        int_steps.activity_code
    from int_steps
    inner join int_slice_sets on int_steps.slice_set = int_slice_sets.slice_set
    where int_steps.is_step

),

journeys as (

    select
        coalesce(persona, 'all') as persona,
        count(distinct journey_code) as journeys
    from steps
    group by grouping sets ((persona), ())

),

holders as (

    select
        coalesce(persona, 'all') as persona,
        activity_code,
        count(distinct journey_code) as journeys
    from steps
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

linked as (

    select
        kept.persona,
        steps.activity_code,
        lag(steps.activity_code) over journey as before_code,
        lead(steps.activity_code) over journey as next_code
    from steps
    inner join kept
        on
            steps.activity_code = kept.activity_code
            and kept.persona in (steps.persona, 'all')
    window journey as (
        partition by kept.persona, steps.journey_code order by steps.event_number
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
