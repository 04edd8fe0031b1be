-- One row per event in a journey.
-- key: event_id
--
-- event_id         key of the event: its source, and the source's id or a hash
-- customer_id      the customer
-- journey_id       the journey
-- session_id       the session; null for events of the company
-- event_index      position among the customer's events, from 1
-- occurred_at      when it happened, UTC
-- activity         what happened
-- touchpoint       what a rule calls it, else the activity on its channel
-- channel          where it happened
-- stage            what a rule says, else that of the activity; null if neither does
-- actor            customer or company
-- source_system    kind of system that recorded it
-- source_name      source in the project file
-- amount           money in the project's currency
-- currency         the project's currency, where there is an amount
-- is_aftermath     whether it came after the end of the journey that it belongs to
-- is_step          whether it is a step of the journey's path: false for aftermath, and
--                  for noise and repeats that the project leaves out
-- time_flag        null if `occurred_at` is as told; day: only a date was, put at its
--                  start; gap: a time that the source's clock skipped, moved on;
--                  overlap: one that it showed twice, taken as the later
-- resource         who or what did it on the company's side, where the source says so
-- lifecycle        state of the activity, where the source tells it: start, complete
--                  and the like
-- started_at       when the work that this event ends began, UTC; null if nobody said
-- service_seconds  time from then on, pauses left out
-- lifecycle_flag   unfinished: begun and not ended; unstarted: ended without a start,
--                  though others of the activity have one; null for all others

select
    int_event_log.event_id,
    int_customers.customer_id,
    int_journeys.journey_id,
    int_sessions.session_id,
    int_event_places.event_index,
    int_event_log.occurred_at,
    int_activities.activity,
    touchpoint_name(
        cfg_rules.touchpoint, int_activities.activity, int_event_log.channel
    ) as touchpoint,
    int_event_log.channel,
    coalesce(cfg_rules.stage, int_activities.stage) as stage,
    case when int_event_log.is_customer then 'customer' else 'company' end as actor,
    int_event_log.source_system,
    int_event_log.source as source_name,
    int_event_log.amount,
    case when int_event_log.amount is not null then $currency end as currency,
    int_event_journey.is_aftermath,
    not int_event_journey.is_aftermath
    and int_skipped_events.event_number is null as is_step,
    int_event_log.time_flag,
    int_activity_instances.resource,
    int_activity_instances.lifecycle,
    int_activity_instances.started_at,
    int_activity_instances.service_us / 1000000 as service_seconds,
    int_activity_instances.lifecycle_flag
from int_event_log
inner join int_activities on int_event_log.activity_code = int_activities.activity_code
inner join int_customers on int_event_log.customer_code = int_customers.customer_code
inner join int_event_places
    on int_event_log.event_number = int_event_places.event_number
inner join int_event_journey
    on
        int_event_log.event_number = int_event_journey.event_number
        and int_event_journey.journey_kind = 'main'
inner join int_journeys on int_event_journey.journey_code = int_journeys.journey_code
left join int_skipped_events
    on int_event_log.event_number = int_skipped_events.event_number
left join cfg_rules on int_event_log.rule_code = cfg_rules.rule_index
left join int_event_session
    on int_event_log.event_number = int_event_session.event_number
left join int_sessions on int_event_session.session_code = int_sessions.session_code
left join int_activity_instances
    on int_event_log.event_id = int_activity_instances.event_id
order by int_event_log.event_number
