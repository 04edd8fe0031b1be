-- The session of each customer event. Company events are in none.
-- key: event_number
--
-- event_number  event in the log
-- session_code  number of the session: the event_number of its first event

with silences as (

    select
        event_number,
        customer_code,
        occurred_us,
        occurred_us - lag(occurred_us) over (
            partition by customer_code order by occurred_us, event_number
        ) as silence_us
    from int_event_log
    where is_customer and session_key is null

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
        ) as session_code
    from silences

),

given as (

    -- A session that the source gives stands as it is.
    select
        event_number,
        first_value(event_number) over (
            partition by customer_code, source, session_key
            order by occurred_us, event_number
        ) as session_code
    from int_event_log
    where is_customer and session_key is not null

)

select
    event_number,
    session_code
from cut
union all
select
    event_number,
    session_code
from given
order by event_number
