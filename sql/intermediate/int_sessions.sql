-- One row per session: a customer's run of events without a long silence.
-- key: session_code
--
-- session_code   number of the session: the event_number of its first event
-- customer_code  number of the customer
-- session_index  position among the customer's sessions, from 1
-- session_id     the customer and the position
-- started_at     first event, UTC
-- ended_at       last event, UTC
-- ended_us       the same in microseconds since 1970
-- events         events in it
-- channel        of its first event
-- entry_code     activity of its first event
-- exit_code      activity of its last event
-- switches       how often an event was on another channel than the one before it

with grouped as (

    select
        int_event_session.session_code,
        max(int_event_log.occurred_us) as ended_us,
        count(*) as events,
        -- Time and number in one: compared faster than a pair.
        arg_max(
            int_event_log.activity_code,
            cast(int_event_log.occurred_us as hugeint) * 10000000000
            + int_event_log.event_number
        ) as exit_code,
        count(case when int_event_session.is_switch then 1 end) as switches
    from int_event_session
    inner join int_event_log
        on int_event_session.event_number = int_event_log.event_number
    group by int_event_session.session_code

),

numbered as (

    -- The number of a session is that of its first event.
    select
        grouped.*,
        entries.customer_code,
        entries.occurred_us as started_us,
        entries.channel,
        entries.activity_code as entry_code,
        row_number() over (
            partition by entries.customer_code
            order by entries.occurred_us, grouped.session_code
        ) as session_index
    from grouped
    inner join int_event_log as entries
        on grouped.session_code = entries.event_number

)

select
    numbered.session_code,
    numbered.customer_code,
    numbered.session_index,
    int_customers.customer_id || '-s' || numbered.session_index as session_id,
    make_timestamptz(numbered.started_us) as started_at,
    make_timestamptz(numbered.ended_us) as ended_at,
    numbered.ended_us,
    numbered.events,
    numbered.channel,
    numbered.entry_code,
    numbered.exit_code,
    numbered.switches
from numbered
inner join int_customers on numbered.customer_code = int_customers.customer_code
order by numbered.session_code
