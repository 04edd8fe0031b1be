-- Journeys of the slice that an expected journey is stated for: rows of
-- fct_journey_conformance.
-- key: persona, segment, segment_value
--
-- journeys          rows
-- judged            rows with a fitness
-- in_progress       of those, outcome in_progress
-- conforming        of those judged, without a deviation
-- conforming_share  conforming / judged
-- mean_fitness      mean fitness of those judged
-- deviations        sum of their deviations
-- skipped           sum of their skipped
-- unfinished        sum of their unfinished
-- wrong_order       sum of their wrong_order
-- inserted          sum of their inserted
-- forbidden         sum of their forbidden
-- too_late          sum of their too_late

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

judged as (

    select
        fct_journey_conformance.*,
        fct_journeys.outcome
    from fct_journey_conformance
    inner join fct_journeys
        on fct_journey_conformance.journey_id = fct_journeys.journey_id

    where fct_journey_conformance.journey_id in (select slice.unit_id from slice)

)

select
    count(*) as journeys,
    count(fitness) as judged,
    count(fitness) filter (where outcome = 'in_progress') as in_progress,
    count(*) filter (where is_conforming) as conforming,
    count(*) filter (where is_conforming) / nullif(count(fitness), 0)
        as conforming_share,
    avg(fitness) as mean_fitness,
    cast(coalesce(sum(deviations), 0) as bigint) as deviations,
    cast(coalesce(sum(skipped), 0) as bigint) as skipped,
    cast(coalesce(sum(unfinished), 0) as bigint) as unfinished,
    cast(coalesce(sum(wrong_order), 0) as bigint) as wrong_order,
    cast(coalesce(sum(inserted), 0) as bigint) as inserted,
    cast(coalesce(sum(forbidden), 0) as bigint) as forbidden,
    cast(coalesce(sum(too_late), 0) as bigint) as too_late
from judged
