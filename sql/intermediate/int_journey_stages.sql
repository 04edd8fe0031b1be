-- One row per journey and stage that a step of it is in; empty without stages. A stay
-- is a run of consecutive steps in the same stage: it lasts until the first step of the
-- next stay, the last one until the journey ends; the first begins with the journey.
-- key: journey_code, stage_index
--
-- journey_code    number of the journey
-- stage_index     position of the stage, from 1; 0 for steps without a stage, and for
--                 journeys without steps
-- customer_code   number of the journey's customer
-- slice_set       combination of values that slices the journey
-- events          steps in the stage
-- visits          stays in it
-- time_us         time of all stays in it, in microseconds
-- is_open         whether the last stay is not over: the journey is in progress
-- is_settled      whether the journey is not in progress
-- has_later       whether a later stage, in the project's order, came after the first
--                 step in this one

with stays as (

    select
        journey_code,
        stage_index,
        any_value(customer_code) as customer_code,
        any_value(slice_set) as slice_set,
        count(*) as events,
        count(*) filter (where coalesce(next_stage_index <> stage_index, true))
            as visits,
        coalesce(sum(wait_us), 0) as time_us,
        bool_or(is_open and next_stage_index is null) as is_open,
        not bool_or(is_open) as is_settled,
        min(event_number) as first_event,
        max(event_number) as last_event
    from int_steps
    where is_step and exists (select cfg_stages.stage from cfg_stages)
    group by journey_code, stage_index

),

edges as (

    -- Noise and collapsed repeats before the first step, and after the last one.
    select
        int_steps.journey_code,
        int_steps.stage_index,
        sum(
            case
                when int_steps.step_position = 1
                    then
                        int_event_log.occurred_us - epoch_us(int_journeys.started_at)
                else 0
            end
            + case
                when int_steps.next_activity_code is null
                    then epoch_us(int_journeys.ended_at) - int_event_log.occurred_us
                else 0
            end
        ) as time_us
    from int_steps
    inner join int_event_log on int_steps.event_number = int_event_log.event_number
    inner join int_journeys on int_steps.journey_code = int_journeys.journey_code
    where
        int_steps.is_step
        and (int_steps.step_position = 1 or int_steps.next_activity_code is null)
        and exists (select cfg_skipped.reason from cfg_skipped)
    group by int_steps.journey_code, int_steps.stage_index

),

stepless as (

    select
        int_journeys.journey_code,
        int_unit_slices.customer_code,
        int_unit_slices.slice_set,
        int_journeys.duration_us,
        int_journeys.outcome = 'in_progress' as is_open
    from int_journeys
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_journeys.journey_code = int_unit_slices.unit_code
    anti join stays on int_journeys.journey_code = stays.journey_code
    where
        int_journeys.journey_kind = 'main'
        and exists (select cfg_skipped.reason from cfg_skipped)
        and exists (select cfg_stages.stage from cfg_stages)

)

select
    stays.journey_code,
    stays.stage_index,
    stays.customer_code,
    stays.slice_set,
    stays.events,
    stays.visits,
    cast(stays.time_us + coalesce(edges.time_us, 0) as bigint) as time_us,
    stays.is_open,
    stays.is_settled,
    coalesce(
        max(stays.last_event) over (
            partition by stays.journey_code order by stays.stage_index desc
            rows between unbounded preceding and 1 preceding
        ) > stays.first_event,
        false
    ) as has_later
from stays
left join edges
    on
        stays.journey_code = edges.journey_code
        and stays.stage_index = edges.stage_index
union all
select
    journey_code,
    0 as stage_index,
    customer_code,
    slice_set,
    0 as events,
    1 as visits,
    duration_us as time_us,
    is_open,
    not is_open as is_settled,
    false as has_later
from stepless
