-- What followed an activity, once per journey, activity and day: the first time on that
-- day. So no customer who does it all day long looks like a change of the process.
-- key: journey_code, day, activity_code
--
-- journey_code        number of the journey
-- day                 in the project's zone
-- activity_code       what happened first; 0 for what is before the start
-- customer_code       number of the journey's customer
-- slice_set           combination of values that slices the journey
-- next_activity_code  what happened next, if in time; 0 for nothing

with steps as (

    -- What happened too late for its time to be over is not looked at: of that only
    -- what went on fast is known.
    select
        int_steps.event_number,
        int_steps.journey_code,
        int_steps.customer_code,
        int_steps.slice_set,
        int_steps.activity_code,
        int_steps.step_position,
        case
            when int_steps.wait_us <= cfg_drift.within_us
                then int_steps.next_activity_code
            else 0
        end as next_activity_code,
        cast(
            timezone($zone, make_timestamptz(int_steps.occurred_us)) as date
        ) as day
    from cfg_drift
    cross join int_steps
    where
        int_steps.is_step
        and int_steps.occurred_us + cfg_drift.within_us <= $as_of_us

)

select
    journey_code,
    day,
    activity_code,
    any_value(customer_code) as customer_code,
    any_value(slice_set) as slice_set,
    arg_min(next_activity_code, event_number) as next_activity_code
from steps
group by journey_code, day, activity_code
union all
select
    journey_code,
    day,
    0 as activity_code,
    customer_code,
    slice_set,
    activity_code as next_activity_code
from steps
where step_position = 1
