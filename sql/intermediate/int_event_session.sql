-- The session of each customer event. Company events are in none.
-- key: event_number
--
-- event_number  event in the log
-- session_code  number of the session: the event_number of its first event
-- is_switch     whether it is on another channel than the event before in the session

with silences as (

    select
        event_number,
        customer_code,
        occurred_us,
        occurred_us - lag(occurred_us) over before as silence_us,
        channel <> lag(channel) over before as is_switch
    from int_event_log
    where is_customer and session_key is null
    window before as (
        partition by customer_code order by occurred_us, event_number
    )

),

cut as (

    select
        event_number,
        last_value(
            case
                when silence_us is null or silence_us > $session_gap_us
                    then event_number
            end ignore nulls
        ) over (
            partition by customer_code order by occurred_us, event_number
            rows between unbounded preceding and current row
        ) as session_code,
        is_switch
    from silences

),

given as (

    -- A session that the source gives stands as it is.
    select
        event_number,
        first_value(event_number) over in_session as session_code,
        channel <> lag(channel) over in_session as is_switch
    from int_event_log
    where is_customer and session_key is not null
    window in_session as (
        partition by customer_code, source, session_key
        order by occurred_us, event_number
    )

)

select
    event_number,
    session_code,
    coalesce(is_switch and event_number <> session_code, false) as is_switch
from cut
union all
select
    event_number,
    session_code,
    coalesce(is_switch, false) as is_switch
from given
order by event_number
