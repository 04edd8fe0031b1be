-- How each journey deviates from the expected one.
-- key: journey_code, kind, step_index
--
-- journey_code  number of the journey
-- kind          skipped, unfinished, wrong_order, inserted, forbidden or too_late
-- step_index    the step, or what else the expected journey speaks of
-- deviations    how often, at least 1

select
    int_expected_journeys.journey_code,
    int_deviation_variants.kind,
    int_deviation_variants.step_index,
    int_deviation_variants.deviations
from int_expected_journeys
inner join int_deviation_variants
    on int_expected_journeys.variant_code = int_deviation_variants.variant_code
union all
select
    journey_code,
    'too_late' as kind,
    step_index,
    1 as deviations
from int_deviation_waits
where is_late
