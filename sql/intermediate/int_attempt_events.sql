-- What a customer with an intent does, per kind of attempt: its own events, and those
-- that end an attempt, whoever wrote them.
-- key: attempt_kind, event_number
--
-- attempt_kind   as the project file names it
-- event_number   event in the log
-- customer_code  number of the customer
-- occurred_us    when, in microseconds since 1970
-- is_customer    whether the customer acted, not the company
-- is_intent      whether it opens an attempt
-- end_cause      cause, if it ends one: converted, or the name of an exit; else null

with kinds as (

    select
        cfg_attempt_activities.attempt_kind,
        cfg_attempt_activities.cause,
        int_activities.activity_code
    from cfg_attempt_activities
    inner join int_activities
        on cfg_attempt_activities.activity = int_activities.activity

),

trying as (

    select distinct
        kinds.attempt_kind,
        int_event_log.customer_code
    from int_event_log
    inner join kinds on int_event_log.activity_code = kinds.activity_code
    where kinds.cause = 'intent' and int_event_log.is_customer

)

select
    trying.attempt_kind,
    int_event_log.event_number,
    int_event_log.customer_code,
    int_event_log.occurred_us,
    int_event_log.is_customer,
    coalesce(kinds.cause = 'intent' and int_event_log.is_customer, false) as is_intent,
    case when kinds.cause <> 'intent' then kinds.cause end as end_cause
from int_event_log
inner join trying on int_event_log.customer_code = trying.customer_code
left join kinds
    on
        trying.attempt_kind = kinds.attempt_kind
        and int_event_log.activity_code = kinds.activity_code
where int_event_log.is_customer or kinds.cause <> 'intent'
