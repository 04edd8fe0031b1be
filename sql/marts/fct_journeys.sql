-- One row per journey: a customer's events up to one end of an attempt at the goal.
-- key: journey_id
--
-- journey_id        the journey; the case where the source gives one
-- journey_kind      `main`, or the name of one of [journeys]; all other marts are of
--                   `main`
-- customer_id       the customer
-- persona           persona of the customer
-- journey_index     position among the customer's journeys of the kind, from 1
-- started_at        first event, UTC
-- ended_at          last event that is not aftermath, UTC
-- outcome           converted, exited, abandoned or in_progress
-- exit_cause        cause of an exit; null for other outcomes
-- events            events, aftermath included
-- aftermath_events  events after its end
-- sessions          sessions that it touches
-- duration_seconds  from first event to last, aftermath left out
-- variant_id        the sequence of its activities; null for further kinds
-- channel           of the first event of the customer's own
-- goal_amount       money of its goal, in the project's currency
-- entry_touchpoint  of the first step of the customer's own, else of the first one;
--                   null for further kinds, and without steps
-- exit_touchpoint   of the last step of the customer's own, else of the last one; null
--                   for further kinds, and without steps
-- channel_switches  how often a step of the customer's own was on another channel than
--                   the one before; null for further kinds
-- device_switches   how often a step of the customer's own stated a device that was not
--                   the one stated before; null for further kinds

with stated as (

    select
        int_steps.journey_code,
        int_event_segments.segment_value <> lag(int_event_segments.segment_value) over (
            partition by int_steps.journey_code order by int_steps.event_number
        ) as is_switch
    from int_event_segments
    inner join cfg_segments
        on
            int_event_segments.segment_index = cfg_segments.segment_index
            and cfg_segments.segment = 'device'
    inner join int_steps
        on
            int_event_segments.event_number = int_steps.event_number
            and int_steps.is_step
            and int_steps.is_customer

),

devices as (

    select
        journey_code,
        count(*) filter (where is_switch) as switches
    from stated
    group by journey_code

),

outermost as (

    select entry_event as event_number
    from int_journey_paths
    union
    select exit_event as event_number
    from int_journey_paths

),

touched as (

    select
        int_event_log.event_number,
        touchpoint_name(
            cfg_rules.touchpoint, int_activities.activity, int_event_log.channel
        ) as touchpoint
    from int_event_log
    inner join outermost on int_event_log.event_number = outermost.event_number
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    left join cfg_rules on int_event_log.rule_code = cfg_rules.rule_index

)

select
    int_journeys.journey_id,
    int_journeys.journey_kind,
    int_customers.customer_id,
    int_personas.persona,
    int_journeys.journey_index,
    int_journeys.started_at,
    int_journeys.ended_at,
    int_journeys.outcome,
    int_journeys.exit_cause,
    int_journeys.events,
    int_journeys.aftermath_events,
    int_journeys.sessions,
    int_journeys.duration_us / 1000000 as duration_seconds,
    int_variants.variant_id,
    int_journeys.channel,
    int_journeys.goal_amount,
    entries.touchpoint as entry_touchpoint,
    exits.touchpoint as exit_touchpoint,
    int_journey_paths.channel_switches,
    case
        when int_journey_paths.journey_code is not null
            then coalesce(devices.switches, 0)
    end as device_switches
from int_journeys
inner join int_customers on int_journeys.customer_code = int_customers.customer_code
inner join int_personas on int_journeys.customer_code = int_personas.customer_code
left join int_journey_paths
    on int_journeys.journey_code = int_journey_paths.journey_code
left join int_variants on int_journey_paths.path = int_variants.path
left join touched as entries on int_journey_paths.entry_event = entries.event_number
left join touched as exits on int_journey_paths.exit_event = exits.event_number
left join devices on int_journeys.journey_code = devices.journey_code
order by int_journeys.journey_code
