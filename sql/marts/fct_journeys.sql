-- One row per journey: a customer's events up to one end of an attempt at the goal.
-- key: journey_id
--
-- journey_id        the journey; the case where the source gives one
-- journey_kind      `main`, or the name of one of [journeys]; all other marts are of
--                   `main`
-- customer_id       the customer
-- persona           persona of the customer
-- journey_index     position among the customer's journeys of the kind, from 1
-- started_at        first event, UTC
-- ended_at          last event that is not aftermath, UTC
-- outcome           converted, exited, abandoned or in_progress
-- exit_cause        cause of an exit; null for other outcomes
-- events            events, aftermath included
-- aftermath_events  events after its end
-- sessions          sessions that it touches
-- duration_seconds  from first event to last, aftermath left out
-- variant_id        the sequence of its activities; null for further kinds
-- channel           of the first event of the customer's own
-- goal_amount       money of its goal, in the project's currency

select
    int_journeys.journey_id,
    int_journeys.journey_kind,
    int_customers.customer_id,
    int_personas.persona,
    int_journeys.journey_index,
    int_journeys.started_at,
    int_journeys.ended_at,
    int_journeys.outcome,
    int_journeys.exit_cause,
    int_journeys.events,
    int_journeys.aftermath_events,
    int_journeys.sessions,
    int_journeys.duration_us / 1000000 as duration_seconds,
    int_variants.variant_id,
    int_journeys.channel,
    int_journeys.goal_amount
from int_journeys
inner join int_customers on int_journeys.customer_code = int_customers.customer_code
inner join int_personas on int_journeys.customer_code = int_personas.customer_code
left join int_journey_paths
    on int_journeys.journey_code = int_journey_paths.journey_code
left join int_variants on int_journey_paths.path = int_variants.path
order by int_journeys.journey_code
