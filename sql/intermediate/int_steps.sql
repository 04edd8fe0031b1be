-- One row per event in its journey, with what follows it: what paths are made of.
-- key: event_number
--
-- event_number        event in the log
-- journey_code        number of the journey
-- customer_code       number of the journey's customer
-- slice_set           combination of values that slices the journey
-- occurred_us         when it happened, in microseconds since 1970
-- activity_code       what happened
-- channel             where
-- rule_code           what a rule says of it: `rule_index` in cfg_rules; 0 if none
-- stage_index         stage by the rule, else of the activity; 0 if neither names one
-- is_customer         whether the customer acted, not the company
-- is_aftermath        whether it came after the end of the journey; it is no step then
-- is_step             whether it is a step: no aftermath, noise or collapsed repeat
-- is_switch           whether it is a step of the customer's own, on another channel
--                     than the one before of the customer's own
-- channel_before      channel of that one before; null if there is none
-- is_open             whether the journey is in progress
-- step_position       position among the steps, from 1; null for others
-- next_activity_code  activity of the next step; null at the end, and for others
-- next_stage_index    stage of the next step; null at the end, and for others
-- wait_us             time until that, in microseconds

with ruled as (

    select
        cfg_rules.rule_index,
        min(cfg_stages.stage_index) as stage_index
    from cfg_rules
    inner join cfg_stages on cfg_rules.stage = cfg_stages.stage
    group by cfg_rules.rule_index

),

placed as (

    select
        int_event_log.event_number,
        int_event_log.occurred_us,
        int_event_log.activity_code,
        int_event_log.channel,
        int_event_log.rule_code,
        coalesce(ruled.stage_index, int_activities.stage_index, 0) as stage_index,
        int_event_log.is_customer,
        int_event_journey.journey_code,
        int_event_journey.is_aftermath,
        not int_event_journey.is_aftermath
        and int_skipped_events.event_number is null as is_step
    from int_event_log
    inner join int_event_journey
        on int_event_log.event_number = int_event_journey.event_number
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    left join ruled on int_event_log.rule_code = ruled.rule_index
    left join int_skipped_events
        on int_event_log.event_number = int_skipped_events.event_number
    where
        int_event_journey.journey_kind = 'main'
        and int_event_log.event_number between $first_event and $last_event
        and int_event_journey.event_number between $first_event and $last_event

),

linked as (

    select
        *,
        row_number() over journey as place,
        lead(activity_code) over journey as next_code,
        lead(stage_index) over journey as next_stage,
        lead(occurred_us) over journey - occurred_us as next_wait_us,
        last_value(case when is_customer then channel end ignore nulls) over (
            partition by journey_code, is_step order by event_number
            rows between unbounded preceding and 1 preceding
        ) as channel_before
    from placed
    window journey as (
        partition by journey_code, is_step order by event_number
    )

)

select
    linked.event_number,
    linked.journey_code,
    int_unit_slices.customer_code,
    int_unit_slices.slice_set,
    linked.occurred_us,
    linked.activity_code,
    linked.channel,
    linked.rule_code,
    linked.stage_index,
    linked.is_customer,
    linked.is_aftermath,
    linked.is_step,
    coalesce(
        linked.is_step and linked.is_customer
        and linked.channel <> linked.channel_before,
        false
    ) as is_switch,
    linked.channel_before,
    int_journeys.outcome = 'in_progress' as is_open,
    case when linked.is_step then linked.place end as step_position,
    case when linked.is_step then linked.next_code end as next_activity_code,
    case when linked.is_step then linked.next_stage end as next_stage_index,
    case when linked.is_step then linked.next_wait_us end as wait_us
from linked
-- A journey has the number of its first event.
inner join int_journeys
    on
        linked.journey_code = int_journeys.journey_code
        and int_journeys.journey_code between $first_event and $last_event
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and linked.journey_code = int_unit_slices.unit_code
        and int_unit_slices.unit_code between $first_event and $last_event
-- In order, so that what groups by journey or customer finds its rows side by side.
order by linked.event_number
