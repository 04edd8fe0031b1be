-- One row per event in its journey, with what follows it: what paths are made of.
-- key: event_number
--
-- event_number        event in the log
-- journey_code        number of the journey
-- customer_code       number of the journey's customer
-- slice_set           combination of values that slices the journey
-- activity_code       what happened
-- channel             where
-- is_customer         whether the customer acted, not the company
-- is_aftermath        whether it came after the end of the journey; it is no step then
-- is_open             whether the journey is in progress
-- step_position       position among the steps, from 1; null for aftermath
-- next_activity_code  activity of the next step; null at the end, and for aftermath
-- wait_us             time until that, in microseconds

with placed as (

    select
        int_event_log.event_number,
        int_event_log.occurred_us,
        int_event_log.activity_code,
        int_event_log.channel,
        int_event_log.is_customer,
        int_event_journey.journey_code,
        int_event_journey.is_aftermath
    from int_event_log
    inner join int_event_journey
        on int_event_log.event_number = int_event_journey.event_number

),

linked as (

    select
        *,
        row_number() over journey as place,
        lead(activity_code) over journey as next_code,
        lead(occurred_us) over journey - occurred_us as next_wait_us
    from placed
    window journey as (
        partition by journey_code, is_aftermath order by event_number
    )

)

select
    linked.event_number,
    linked.journey_code,
    int_unit_slices.customer_code,
    int_unit_slices.slice_set,
    linked.activity_code,
    linked.channel,
    linked.is_customer,
    linked.is_aftermath,
    int_journeys.outcome = 'in_progress' as is_open,
    case when not linked.is_aftermath then linked.place end as step_position,
    case when not linked.is_aftermath then linked.next_code end as next_activity_code,
    case when not linked.is_aftermath then linked.next_wait_us end as wait_us
from linked
inner join int_journeys on linked.journey_code = int_journeys.journey_code
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and linked.journey_code = int_unit_slices.unit_code
order by linked.event_number
