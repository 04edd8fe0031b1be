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

with placed as (

    select
        int_event_session.session_code,
        int_event_log.activity_code,
        lag(int_event_log.activity_code) over in_session is null as is_entry,
        lead(int_event_log.activity_code) over in_session is null as is_exit,
        int_event_log.channel <> lag(int_event_log.channel) over in_session
            as is_switch
    from int_event_session
    inner join int_event_log
        on int_event_session.event_number = int_event_log.event_number
    window in_session as (
        partition by int_event_session.session_code
        order by int_event_log.occurred_us, int_event_log.event_number
    )

),

passed as (

    select
        session_code,
        max(case when is_entry then activity_code end) as entry_code,
        max(case when is_exit then activity_code end) as exit_code,
        count(*) filter (where is_switch) as channel_switches
    from placed
    group by session_code

),

stated as (

    select
        int_event_session.session_code,
        int_event_segments.segment_value as device,
        lag(int_event_segments.segment_value) over (
            partition by int_event_session.session_code
            order by int_event_log.occurred_us, int_event_log.event_number
        ) as device_before
    from int_event_segments
    inner join cfg_segments
        on
            int_event_segments.segment_index = cfg_segments.segment_index
            and cfg_segments.segment = 'device'
    inner join int_event_session
        on int_event_segments.event_number = int_event_session.event_number
    inner join int_event_log
        on int_event_segments.event_number = int_event_log.event_number

),

devices as (

    select
        session_code,
        max(case when device_before is null then device end) as device,
        count(*) filter (where device <> device_before) as device_switches
    from stated
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
    devices.device,
    passed.channel_switches,
    coalesce(devices.device_switches, 0) as device_switches
from int_sessions
inner join passed on int_sessions.session_code = passed.session_code
inner join int_activities as entries on passed.entry_code = entries.activity_code
inner join int_activities as exits on passed.exit_code = exits.activity_code
inner join int_customers on int_sessions.customer_code = int_customers.customer_code
inner join int_event_journey
    on
        int_sessions.session_code = int_event_journey.event_number
        and int_event_journey.journey_kind = 'main'
inner join int_journeys on int_event_journey.journey_code = int_journeys.journey_code
left join devices on int_sessions.session_code = devices.session_code
order by int_sessions.session_code
