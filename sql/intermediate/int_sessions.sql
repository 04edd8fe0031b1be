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

with grouped as (

    select
        int_event_session.session_code,
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as started_us,
        max(int_event_log.occurred_us) as ended_us,
        count(*) as events,
        arg_min(
            int_event_log.channel,
            (int_event_log.occurred_us, int_event_log.event_number)
        ) as channel
    from int_event_session
    inner join int_event_log
        on int_event_session.event_number = int_event_log.event_number
    group by int_event_session.session_code, int_event_log.customer_code

),

numbered as (

    select
        *,
        row_number() over (
            partition by customer_code order by started_us, session_code
        ) as session_index
    from grouped

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
    numbered.channel
from numbered
inner join int_customers on numbered.customer_code = int_customers.customer_code
order by numbered.session_code
