-- One row per journey, with its outcome at $as_of.
-- key: journey_code
--
-- journey_code      number of the journey
-- journey_kind      `main`, or the name of one of [journeys]
-- journey_id        the case where one is given, else the customer, a further kind, and
--                   the position
-- customer_code     number of the customer
-- journey_index     position among the customer's journeys of the kind, from 1
-- started_at        first event, UTC
-- ended_at          last event that is not aftermath, UTC
-- outcome           converted, exited, abandoned or in_progress
-- exit_cause        cause of an exit; null for other outcomes
-- events            events, aftermath included
-- aftermath_events  events after its end
-- sessions          sessions that it touches
-- duration_us       from first event to last, aftermath left out, in microseconds
-- channel           of the first event of the customer's own, else of the first event
-- goal_amount       money of its goal events; null if none states any

with grouped as (

    -- What is the same for all events of a journey is taken from any. Events are kept
    -- by number, and looked up below: a table of groups with texts would not fit.
    select
        int_event_journey.journey_code,
        any_value(int_event_journey.journey_kind) as journey_kind,
        any_value(int_event_log.owner_code) as customer_code,
        any_value(int_event_log.case_id) as case_id,
        any_value(int_activity_roles.inactivity_us) as inactivity_us,
        min(int_event_log.occurred_us) as started_us,
        max(int_event_log.occurred_us)
        filter (where not int_event_journey.is_aftermath) as ended_us,
        max(int_event_log.occurred_us) filter (
            where not int_event_journey.is_aftermath and int_event_log.is_customer
        ) as last_active_us,
        coalesce(bool_or(int_activity_roles.is_goal), false) as is_converted,
        min(
            case
                when int_activity_roles.exit_cause is not null
                    then int_event_log.event_number
            end
        ) as exit_event,
        count(*) as events,
        count(*) filter (where int_event_journey.is_aftermath) as aftermath_events,
        coalesce(
            min(
                case
                    when int_event_log.is_customer then int_event_log.event_number
                end
            ),
            min(int_event_log.event_number)
        ) as first_event,
        sum(int_event_log.amount) filter (where int_activity_roles.is_goal)
            as goal_amount
    from int_event_journey
    inner join int_event_log
        on int_event_journey.event_number = int_event_log.event_number
    inner join int_activity_roles
        on
            int_event_log.activity_code = int_activity_roles.activity_code
            and int_event_journey.journey_kind = int_activity_roles.journey_kind
    where
        int_event_journey.event_number between $first_event and $last_event
        and int_event_log.event_number between $first_event and $last_event
    group by int_event_journey.journey_code

),

touched as (

    select distinct
        int_event_journey.journey_code,
        int_event_session.session_code
    from int_event_journey
    inner join int_event_session
        on int_event_journey.event_number = int_event_session.event_number
    where
        int_event_journey.event_number between $first_event and $last_event
        and int_event_session.event_number between $first_event and $last_event

),

sessions as (

    select
        journey_code,
        count(*) as sessions
    from touched
    group by journey_code

),

judged as (

    select
        *,
        row_number() over (
            partition by journey_kind, customer_code order by started_us, journey_code
        ) as journey_index,
        case
            when is_converted then 'converted'
            when exit_event is not null then 'exited'
            when coalesce(last_active_us, started_us) + inactivity_us <= $as_of_us
                then 'abandoned'
            else 'in_progress'
        end as outcome
    from grouped

)

select
    judged.journey_code,
    judged.journey_kind,
    case
        when judged.journey_kind <> 'main'
            then
                int_customers.customer_id || '-' || judged.journey_kind
                || '-j' || judged.journey_index
        else
            coalesce(
                judged.case_id,
                int_customers.customer_id || '-j' || judged.journey_index
            )
    end as journey_id,
    judged.customer_code,
    judged.journey_index,
    make_timestamptz(judged.started_us) as started_at,
    make_timestamptz(judged.ended_us) as ended_at,
    judged.outcome,
    case when judged.outcome = 'exited' then exit_roles.exit_cause end as exit_cause,
    judged.events,
    judged.aftermath_events,
    coalesce(sessions.sessions, 0) as sessions,
    judged.ended_us - judged.started_us as duration_us,
    firsts.channel,
    cast(judged.goal_amount as decimal(18, 4)) as goal_amount
from judged
inner join int_customers on judged.customer_code = int_customers.customer_code
inner join int_event_log as firsts
    on
        judged.first_event = firsts.event_number
        and firsts.event_number between $first_event and $last_event
left join sessions on judged.journey_code = sessions.journey_code
left join int_event_log as exits
    on
        judged.exit_event = exits.event_number
        and exits.event_number between $first_event and $last_event
left join int_activity_roles as exit_roles
    on
        exits.activity_code = exit_roles.activity_code
        and judged.journey_kind = exit_roles.journey_kind
order by judged.journey_code
