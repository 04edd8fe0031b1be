-- Events in journeys whose time is less sure than it looks, by source.
-- key: source, time_flag
--
-- source     name in the project file
-- time_flag  day: only a date, put at its start; gap: a time that the source's clock
--            skipped, moved on; overlap: one that it showed twice, taken as the later
-- events     events
-- unordered  of those that are dates, those whose customer has an event with a time on
--            that day: which of them came first is not known

with flagged as (

    select
        event_number,
        source,
        time_flag,
        customer_code,
        occurred_at,
        occurred_us
    from int_event_log
    where time_flag is not null

),

days as (

    -- From its start to the next: a day on which the clock changes has no 24 hours.
    select
        flagged.event_number,
        flagged.customer_code,
        flagged.occurred_us,
        epoch_us(
            timezone(
                cfg_sources.timezone,
                date_trunc('day', timezone(cfg_sources.timezone, flagged.occurred_at))
                + interval 1 day
            )
        ) as next_us
    from flagged
    inner join cfg_sources on flagged.source = cfg_sources.source
    where flagged.time_flag = 'day'

),

unordered as (

    select days.event_number
    from days
    inner join int_event_log
        on
            days.customer_code = int_event_log.customer_code
            and days.occurred_us <= int_event_log.occurred_us
            and days.next_us > int_event_log.occurred_us
            and int_event_log.time_flag is distinct from 'day'
    group by days.event_number

)

select
    flagged.source,
    flagged.time_flag,
    count(*) as events,
    count(unordered.event_number) as unordered
from flagged
left join unordered on flagged.event_number = unordered.event_number
group by flagged.source, flagged.time_flag
order by flagged.source, flagged.time_flag
