-- The journey of each event.
-- key: event_number
--
-- event_number  event in the log
-- journey_code  number of the journey: the event_number of its first event
-- is_aftermath  whether it came after the end of the journey that it belongs to

with marked as (

    -- An event is passive if it opens no journey: feedback, retention, the company's.
    select
        int_event_log.event_number,
        int_event_log.owner_code,
        int_event_log.occurred_us,
        int_event_log.is_customer,
        int_activities.is_goal or int_activities.exit_cause is not null as is_end,
        int_activities.is_passive
        or (
            not int_event_log.is_customer
            and not int_activities.is_goal
            and int_activities.exit_cause is null
        ) as is_passive
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    where int_event_log.case_id is null

),

touched as (

    -- Silence runs from the last event of the customer's own.
    select
        *,
        occurred_us - coalesce(
            max(case when is_customer then occurred_us end) over (
                partition by owner_code order by event_number
                rows between unbounded preceding and 1 preceding
            ),
            first_value(occurred_us)
                over (partition by owner_code order by event_number)
        ) > $inactivity_us as is_after_silence
    from marked

),

silences as (

    select
        *,
        count(*) filter (where is_after_silence) over (
            partition by owner_code order by event_number
            rows between unbounded preceding and current row
        ) as silences_so_far
    from touched

),

before as (

    -- What held at the last event before this one that was not passive.
    select
        *,
        coalesce(
            last_value(case when not is_passive then is_end end ignore nulls) over (
                partition by owner_code order by event_number
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_after_end,
        coalesce(
            last_value(
                case when not is_passive then silences_so_far end ignore nulls
            ) over (
                partition by owner_code order by event_number
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as silences_before,
        row_number() over (partition by owner_code order by event_number) as place
    from silences

),

ended as (

    select
        *,
        is_after_end or silences_so_far > silences_before as is_ended
    from before

),

cut as (

    select
        event_number,
        last_value(
            case
                when place = 1 or (is_ended and not is_passive) then event_number
            end ignore nulls
        ) over (
            partition by owner_code order by event_number
            rows between unbounded preceding and current row
        ) as journey_code,
        is_ended and is_passive as is_aftermath
    from ended

),

given as (

    -- A journey that the source gives is not cut.
    select
        event_number,
        min(event_number) over (partition by case_id) as journey_code,
        false as is_aftermath
    from int_event_log
    where case_id is not null

)

select
    event_number,
    journey_code,
    is_aftermath
from cut
union all
select
    event_number,
    journey_code,
    is_aftermath
from given
order by event_number
