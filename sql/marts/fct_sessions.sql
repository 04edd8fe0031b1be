-- One row per session: a customer's run of own events without a long silence.
-- key: session_id
--
-- session_id        the session
-- customer_id       the customer
-- journey_id        the journey of its first event
-- started_at        first event, UTC
-- ended_at          last event, UTC
-- events            events in it
-- entry_activity    what happened first
-- exit_activity     what happened last
-- channel           of its first event
-- device            the first one that an event of it states; null if none does
-- channel_switches  how often an event was on another channel than the one before it
-- device_switches   how often a device was stated that was not the one stated before

with stated as (

    select
        int_event_session.session_code,
        int_event_session.event_number,
        int_event_segments.segment_value as device
    from int_event_segments
    inner join cfg_segments
        on
            int_event_segments.segment_index = cfg_segments.segment_index
            and cfg_segments.segment = 'device'
    inner join int_event_session
        on int_event_segments.event_number = int_event_session.event_number

),

devices as (

    select
        session_code,
        min(device) as device,
        min(device) <> max(device) as is_mixed
    from stated
    group by session_code

),

mixed as (

    -- Most sessions keep to one device: only the others are walked through.
    select
        stated.session_code,
        stated.device,
        lag(stated.device) over (
            partition by stated.session_code
            order by int_event_log.occurred_us, stated.event_number
        ) as device_before
    from stated
    inner join devices
        on stated.session_code = devices.session_code and devices.is_mixed
    inner join int_event_log on stated.event_number = int_event_log.event_number

),

changes as (

    select
        session_code,
        max(case when device_before is null then device end) as first_device,
        count(*) filter (where device <> device_before) as switches
    from mixed
    group by session_code

)

select
    int_sessions.session_id,
    int_customers.customer_id,
    int_journeys.journey_id,
    int_sessions.started_at,
    int_sessions.ended_at,
    int_sessions.events,
    entries.activity as entry_activity,
    exits.activity as exit_activity,
    int_sessions.channel,
    coalesce(changes.first_device, devices.device) as device,
    int_sessions.switches as channel_switches,
    coalesce(changes.switches, 0) as device_switches
from int_sessions
inner join int_activities as entries
    on int_sessions.entry_code = entries.activity_code
inner join int_activities as exits on int_sessions.exit_code = exits.activity_code
inner join int_customers on int_sessions.customer_code = int_customers.customer_code
inner join int_event_journey
    on
        int_sessions.session_code = int_event_journey.event_number
        and int_event_journey.journey_kind = 'main'
inner join int_journeys on int_event_journey.journey_code = int_journeys.journey_code
left join devices on int_sessions.session_code = devices.session_code
left join changes on int_sessions.session_code = changes.session_code
order by int_sessions.session_code
