-- Terms of contracts: each runs from the event that opens or renews it. Empty unless
-- the project names such events.
-- key: event_number
--
-- event_number   event in the log
-- customer_code  number of the customer
-- started_us     when it starts, in microseconds since 1970
-- ended_us       when it ends: what the event says, else after the term that is set,
--                else never (the year 9999); an event that ends terms cuts it short

with roles as (

    select
        int_activities.activity_code,
        cfg_churn_activities.role
    from cfg_churn_activities
    inner join int_activities
        on cfg_churn_activities.activity = int_activities.activity

),

stated as (

    select
        int_event_log.event_number,
        int_event_log.customer_code,
        int_event_log.occurred_us,
        roles.role,
        coalesce(
            epoch_us(
                instant(attribute_value(int_event_log.attributes, $term_end), $zone)
            ),
            case
                -- A month later is the same day of the calendar, not 30 days.
                when $term_months > 0
                    then
                        epoch_us(
                            timezone(
                                $zone,
                                timezone($zone, int_event_log.occurred_at)
                                + to_months($term_months)
                            )
                        )
                when $term_us > 0 then int_event_log.occurred_us + $term_us
            end
        ) as term_end_us,
        min(case when roles.role = 'end' then int_event_log.occurred_us end) over (
            partition by int_event_log.customer_code
            order by int_event_log.occurred_us, int_event_log.event_number
            rows between 1 following and unbounded following
        ) as next_end_us
    from int_event_log
    inner join roles on int_event_log.activity_code = roles.activity_code

),

ended as (

    select
        event_number,
        customer_code,
        occurred_us as started_us,
        -- `least` passes over nulls.
        least(term_end_us, next_end_us, 253370764800000000) as ended_us
    from stated
    where role = 'term'

)

select
    event_number,
    customer_code,
    started_us,
    ended_us
from ended
where ended_us > started_us
