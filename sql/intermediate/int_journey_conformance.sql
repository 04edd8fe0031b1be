-- One row per journey that is judged, with how often it deviates from the expected one.
-- key: journey_code
--
-- journey_code  number of the journey
-- slice_set     combination of values that slices the journey
-- expected      the expected journey: the persona, or `all`
-- ending        converted, lost, or open
-- steps         its events that the expected journey speaks of
-- cost          fewest moves that differ; null where it is too long to be judged
-- worst_cost    moves if nothing matched; null where cost is
-- fitness_ppb   1 - cost / worst_cost, in parts per billion; null where cost is
-- deviations    all of the following
-- skipped       steps left out on the way to a later one, or to the goal
-- unfinished    steps still to come when the journey was lost
-- wrong_order   steps at another place than expected
-- inserted      steps once more than expected, and what nothing names
-- forbidden     what never was to come
-- too_late      steps, and journeys, that took longer than expected

with counted as (

    select
        journey_code,
        cast(sum(deviations) as bigint) as deviations,
        cast(coalesce(sum(deviations) filter (where kind = 'skipped'), 0) as bigint)
            as skipped,
        cast(coalesce(sum(deviations) filter (where kind = 'unfinished'), 0) as bigint)
            as unfinished,
        cast(coalesce(sum(deviations) filter (where kind = 'wrong_order'), 0) as bigint)
            as wrong_order,
        cast(coalesce(sum(deviations) filter (where kind = 'inserted'), 0) as bigint)
            as inserted,
        cast(coalesce(sum(deviations) filter (where kind = 'forbidden'), 0) as bigint)
            as forbidden,
        cast(coalesce(sum(deviations) filter (where kind = 'too_late'), 0) as bigint)
            as too_late
    from int_deviations
    group by journey_code

)

select
    int_expected_journeys.journey_code,
    int_expected_journeys.slice_set,
    int_expected_journeys.expected,
    int_expected_journeys.ending,
    int_expected_journeys.steps,
    int_expected_journeys.cost,
    int_expected_journeys.worst_cost,
    int_expected_journeys.fitness_ppb,
    coalesce(counted.deviations, 0) as deviations,
    coalesce(counted.skipped, 0) as skipped,
    coalesce(counted.unfinished, 0) as unfinished,
    coalesce(counted.wrong_order, 0) as wrong_order,
    coalesce(counted.inserted, 0) as inserted,
    coalesce(counted.forbidden, 0) as forbidden,
    coalesce(counted.too_late, 0) as too_late
from int_expected_journeys
left join counted on int_expected_journeys.journey_code = counted.journey_code
