-- One row per journey that an expected journey is stated for, and how it deviates.
-- Empty without [expected]. Deviations of time are no part of the fitness.
-- key: journey_id
--
-- journey_id      the journey
-- expected        the expected journey: its persona's own, else `all`
-- steps           its events that the expected journey speaks of
-- cost            fewest moves (an event in surplus, a step missing) in which it
--                 differs; null where it is too long to be judged
-- fitness         1 - cost / (its steps in surplus and all that is expected missing);
--                 null where cost is
-- is_conforming   whether it has no deviation; null where cost is
-- deviations      all of the following
-- skipped         steps left out on the way to a later one, or to the goal
-- unfinished      steps still to come when it was abandoned or exited
-- wrong_order     steps at another place than expected
-- inserted        steps once more than expected, and what the expected journey does
--                 not name, if it is not allowed
-- forbidden       what never was to come
-- too_late        steps, and the journey, that took longer than expected

select
    int_journeys.journey_id,
    int_journey_conformance.expected,
    int_journey_conformance.steps,
    int_journey_conformance.cost,
    case
        when int_journey_conformance.worst_cost = 0 then 1
        else
            (int_journey_conformance.worst_cost - int_journey_conformance.cost)
            / int_journey_conformance.worst_cost
    end as fitness,
    case
        when int_journey_conformance.cost is not null
            then int_journey_conformance.deviations = 0
    end as is_conforming,
    int_journey_conformance.deviations,
    int_journey_conformance.skipped,
    int_journey_conformance.unfinished,
    int_journey_conformance.wrong_order,
    int_journey_conformance.inserted,
    int_journey_conformance.forbidden,
    int_journey_conformance.too_late
from int_journey_conformance
inner join int_journeys
    on int_journey_conformance.journey_code = int_journeys.journey_code
order by int_journeys.journey_id
