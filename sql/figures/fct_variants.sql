-- The slice's journeys by their variant_id: fct_journeys. `$other` holds the variants
-- that have no row of their own in the slice.
-- key: persona, segment, segment_value, variant_id
--
-- journeys          journeys that follow the variant
-- share             of the slice's journeys
-- cumulative_share  of them, those of variants with the same or a lower variant_index
-- converted         of those journeys, outcome converted
-- exited            outcome exited
-- abandoned         outcome abandoned
-- in_progress       outcome in_progress
-- p50_seconds       the least duration that half of those not in progress do not exceed
-- p90_seconds       the least that nine in ten do not exceed

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

told as (

    select
        variant_id,
        variant_index
    from fct_variants
    where
        persona = $persona
        and segment = $segment
        and segment_value = $segment_value

),

journeys as (

    select
        fct_journeys.*,
        coalesce(told.variant_id, '$other') as told_id,
        coalesce(told.variant_index, 1001) as variant_index
    from fct_journeys
    left join told on fct_journeys.variant_id = told.variant_id
    where fct_journeys.journey_id in (select slice.unit_id from slice)

),

place as (
    select variant_index
    from told
    where variant_id = $variant_id
),

whole as (

    select
        count(*) as journeys,
        count(*) filter (
            where journeys.variant_index <= place.variant_index
        ) as cumulative
    from journeys
    cross join place

)

select
    count(*) as journeys,
    count(*) / nullif(any_value(whole.journeys), 0) as share,
    any_value(whole.cumulative) / nullif(any_value(whole.journeys), 0)
        as cumulative_share,
    count(*) filter (where journeys.outcome = 'converted') as converted,
    count(*) filter (where journeys.outcome = 'exited') as exited,
    count(*) filter (where journeys.outcome = 'abandoned') as abandoned,
    count(*) filter (where journeys.outcome = 'in_progress') as in_progress,
    quantile_disc(journeys.duration_seconds, 0.5) filter (
        where journeys.outcome <> 'in_progress' and $variant_id <> '$other'
    ) as p50_seconds,
    quantile_disc(journeys.duration_seconds, 0.9) filter (
        where journeys.outcome <> 'in_progress' and $variant_id <> '$other'
    ) as p90_seconds
from journeys
cross join whole
where journeys.told_id = $variant_id
