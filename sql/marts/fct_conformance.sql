-- How well journeys keep to the expected journey, per slice. Empty without [expected].
-- key: persona, segment, segment_value
--
-- persona           `all`, or the persona
-- segment           `all`, or the segment
-- segment_value     `all`, or its value
-- journeys          journeys that an expected journey is stated for
-- judged            of those, journeys that are not too long to be aligned
-- in_progress       of those judged, journeys that may still go on: nothing that may
--                   still come is missing
-- conforming        of those judged, journeys without a deviation
-- conforming_share  conforming / judged
-- mean_fitness      mean fitness of those judged: 1 - cost / worst cost, 1 at best
-- log_fitness       1 - sum of costs / sum of worst costs: longer journeys weigh more
-- deviations        all deviations, the sum of the following
-- skipped           steps left out on the way to a later one, or to the goal
-- unfinished        steps still to come when the journey was abandoned or exited
-- wrong_order       steps at another place than expected
-- inserted          steps once more than expected, and what is not named nor allowed
-- forbidden         what never was to come
-- too_late          steps, and journeys, that took longer than expected

with per_set as (

    select
        slice_set,
        count(*) as journeys,
        count(cost) as judged,
        count(cost) filter (where ending = 'open') as in_progress,
        count(cost) filter (where deviations = 0) as conforming,
        coalesce(sum(fitness_ppb), 0) as fitness_ppb,
        coalesce(sum(cost), 0) as cost,
        coalesce(sum(worst_cost), 0) as worst_cost,
        sum(deviations) as deviations,
        sum(skipped) as skipped,
        sum(unfinished) as unfinished,
        sum(wrong_order) as wrong_order,
        sum(inserted) as inserted,
        sum(forbidden) as forbidden,
        sum(too_late) as too_late
    from int_journey_conformance
    group by slice_set

),

summed as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(per_set.journeys) as bigint) as journeys,
        cast(sum(per_set.judged) as bigint) as judged,
        cast(sum(per_set.in_progress) as bigint) as in_progress,
        cast(sum(per_set.conforming) as bigint) as conforming,
        cast(sum(per_set.fitness_ppb) as bigint) as fitness_ppb,
        cast(sum(per_set.cost) as bigint) as cost,
        cast(sum(per_set.worst_cost) as bigint) as worst_cost,
        cast(sum(per_set.deviations) as bigint) as deviations,
        cast(sum(per_set.skipped) as bigint) as skipped,
        cast(sum(per_set.unfinished) as bigint) as unfinished,
        cast(sum(per_set.wrong_order) as bigint) as wrong_order,
        cast(sum(per_set.inserted) as bigint) as inserted,
        cast(sum(per_set.forbidden) as bigint) as forbidden,
        cast(sum(per_set.too_late) as bigint) as too_late
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by int_slices.persona, int_slices.segment, int_slices.segment_value

)

select
    persona,
    segment,
    segment_value,
    journeys,
    judged,
    in_progress,
    conforming,
    conforming / nullif(judged, 0) as conforming_share,
    fitness_ppb / nullif(judged * 1000000000, 0) as mean_fitness,
    -- Nothing expected, and nothing done that differs.
    case
        when judged > 0 and worst_cost = 0 then 1
        else (worst_cost - cost) / nullif(worst_cost, 0)
    end as log_fitness,
    deviations,
    skipped,
    unfinished,
    wrong_order,
    inserted,
    forbidden,
    too_late
from summed
order by persona, segment, segment_value
