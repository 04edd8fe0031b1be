-- One row per journey and activity that it holds again, by how it came to it again.
-- key: journey_code, kind, activity_code, other_activity_code
--
-- journey_code         number of the journey
-- customer_code        number of the journey's customer
-- slice_set            combination of values that slices the journey
-- kind                 rework, self_loop, return, return_from or ping_pong
-- activity_code        what is done again; of a ping-pong, what is done first
-- other_activity_code  of return_from, the step directly before the return; of
--                      ping_pong, what alternates with it; else the activity itself
-- occurrences          how often
-- spent_us             time from when it was last done to when it is done again; of a
--                      ping-pong, from its first step to its last; in microseconds

with steps as (

    select
        journey_code,
        customer_code,
        slice_set,
        activity_code,
        occurred_us,
        step_position,
        occurred_us - lag(occurred_us) over sames as spent_us,
        step_position - lag(step_position) over sames as steps_since
    from int_steps
    where is_step
    window sames as (
        partition by journey_code, activity_code order by event_number
    )

),

repeats as (

    select
        journey_code,
        any_value(customer_code) as customer_code,
        any_value(slice_set) as slice_set,
        activity_code,
        count(*) as reworks,
        cast(sum(spent_us) as bigint) as rework_us,
        count(*) filter (where steps_since = 1) as self_loops,
        cast(
            coalesce(sum(spent_us) filter (where steps_since = 1), 0) as bigint
        ) as self_loop_us
    from steps
    where steps_since is not null
    group by journey_code, activity_code

),

returns as (

    select
        steps.*,
        int_steps.activity_code as other_activity_code
    from steps
    inner join int_steps
        on
            steps.journey_code = int_steps.journey_code
            and steps.step_position = int_steps.step_position + 1
    where steps.steps_since > 1

),

swings as (

    -- Steps that are what the last but one was: those of one run share a number.
    select
        *,
        step_position - row_number() over (
            partition by journey_code order by step_position
        ) as run
    from returns
    where steps_since = 2

),

ping_pongs as (

    -- A run of n such steps is an alternation of n + 2; a single one is a return.
    select
        journey_code,
        any_value(customer_code) as customer_code,
        any_value(slice_set) as slice_set,
        arg_min(activity_code, step_position) as activity_code,
        arg_min(other_activity_code, step_position) as other_activity_code,
        max(occurred_us) - min(occurred_us - spent_us) as spent_us
    from swings
    group by journey_code, run
    having count(*) > 1

)

select
    journey_code,
    customer_code,
    slice_set,
    'rework' as kind,
    activity_code,
    activity_code as other_activity_code,
    reworks as occurrences,
    rework_us as spent_us
from repeats
union all
select
    journey_code,
    customer_code,
    slice_set,
    'self_loop' as kind,
    activity_code,
    activity_code as other_activity_code,
    self_loops as occurrences,
    self_loop_us as spent_us
from repeats
where self_loops > 0
union all
select
    journey_code,
    customer_code,
    slice_set,
    'return' as kind,
    activity_code,
    activity_code as other_activity_code,
    reworks - self_loops as occurrences,
    rework_us - self_loop_us as spent_us
from repeats
where reworks > self_loops
union all
select
    journey_code,
    any_value(customer_code) as customer_code,
    any_value(slice_set) as slice_set,
    'return_from' as kind,
    activity_code,
    other_activity_code,
    count(*) as occurrences,
    cast(sum(spent_us) as bigint) as spent_us
from returns
group by journey_code, activity_code, other_activity_code
union all
select
    journey_code,
    any_value(customer_code) as customer_code,
    any_value(slice_set) as slice_set,
    'ping_pong' as kind,
    activity_code,
    other_activity_code,
    count(*) as occurrences,
    cast(sum(spent_us) as bigint) as spent_us
from ping_pongs
group by journey_code, activity_code, other_activity_code
