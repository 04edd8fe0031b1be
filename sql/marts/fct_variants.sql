-- Variants per slice of journeys. The whole is complete; other slices hold their 1,000
-- most frequent variants, and the rest as `$other`.
-- key: persona, segment, segment_value, variant_id
--
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- variant_id           hash of the variant; `$other` for the rest
-- variant              activities in order, joined by ` > `
-- variant_index        place in the slice, from 1, the most frequent first
-- journeys             journeys that follow it
-- share                of the slice's journeys, 0 to 1
-- cumulative_share     of them, those of this variant and all before it
-- converted            of those journeys, converted
-- exited               of those journeys, exited
-- abandoned            of those journeys, abandoned
-- in_progress          of those journeys, in progress
-- p50_seconds          median duration of those not in progress; null if all are, and
--                      for `$other`
-- p90_seconds          duration that nine in ten of them do not exceed
-- example_journey_ids  three of the journeys, or all: the first in order of customers;
--                      null for `$other`

with followed as (

    select
        int_unit_slices.slice_set,
        int_variants.variant_code,
        int_journeys.journey_code,
        int_journeys.outcome = 'converted' as is_converted,
        int_journeys.outcome = 'exited' as is_exited,
        int_journeys.outcome = 'abandoned' as is_abandoned,
        int_journeys.outcome = 'in_progress' as is_open,
        int_journeys.duration_us
    from int_journeys
    inner join int_journey_paths
        on int_journeys.journey_code = int_journey_paths.journey_code
    inner join int_variants on int_journey_paths.path = int_variants.path
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_journeys.journey_code = int_unit_slices.unit_code

),

counted as (

    select
        int_slices.slice_code,
        followed.variant_code,
        any_value(int_slices.persona = 'all' and int_slices.segment = 'all')
            as is_whole,
        count(*) as journeys,
        count(*) filter (where followed.is_converted) as converted,
        count(*) filter (where followed.is_exited) as exited,
        count(*) filter (where followed.is_abandoned) as abandoned,
        count(*) filter (where followed.is_open) as in_progress,
        quantile_disc(followed.duration_us, [0.5, 0.9])
        filter (where not followed.is_open) as quantiles_us,
        min(followed.journey_code, 3) as example_codes
    from followed
    inner join int_slices on followed.slice_set = int_slices.slice_set
    group by int_slices.slice_code, followed.variant_code

),

placed as (

    select
        *,
        row_number() over (
            partition by slice_code order by journeys desc, variant_code asc
        ) as place
    from counted

),

told as (

    select
        slice_code,
        variant_code as told_code,
        place as variant_index,
        journeys,
        converted,
        exited,
        abandoned,
        in_progress,
        quantiles_us,
        example_codes
    from placed
    where is_whole or place <= 1000
    union all
    -- Folded into one, which has a code that no variant has.
    select
        slice_code,
        0 as told_code,
        1001 as variant_index,
        cast(sum(journeys) as bigint) as journeys,
        cast(sum(converted) as bigint) as converted,
        cast(sum(exited) as bigint) as exited,
        cast(sum(abandoned) as bigint) as abandoned,
        cast(sum(in_progress) as bigint) as in_progress,
        null as quantiles_us,
        null as example_codes
    from placed
    where place > 1000 and not is_whole
    group by slice_code

),

unfolded as (

    select
        slice_code,
        told_code,
        unnest(example_codes) as journey_code
    from told

),

examples as (

    select
        unfolded.slice_code,
        unfolded.told_code,
        list(int_journeys.journey_id order by int_journeys.journey_code) as journey_ids
    from unfolded
    inner join int_journeys on unfolded.journey_code = int_journeys.journey_code
    group by unfolded.slice_code, unfolded.told_code

),

slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_slices

),

summed as (

    select
        *,
        cast(
            sum(journeys) over (
                partition by slice_code order by variant_index
                rows between unbounded preceding and current row
            ) as bigint
        ) as cumulative_journeys,
        cast(sum(journeys) over (partition by slice_code) as bigint) as slice_journeys
    from told

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    coalesce(int_variants.variant_id, '$other') as variant_id,
    coalesce(int_variants.variant, '$other') as variant,
    summed.variant_index,
    summed.journeys,
    summed.journeys / summed.slice_journeys as share,
    summed.cumulative_journeys / summed.slice_journeys as cumulative_share,
    summed.converted,
    summed.exited,
    summed.abandoned,
    summed.in_progress,
    summed.quantiles_us[1] / 1000000 as p50_seconds,
    summed.quantiles_us[2] / 1000000 as p90_seconds,
    examples.journey_ids as example_journey_ids
from summed
inner join slices on summed.slice_code = slices.slice_code
left join examples
    on
        summed.slice_code = examples.slice_code
        and summed.told_code = examples.told_code
left join int_variants on summed.told_code = int_variants.variant_code
order by
    slices.persona, slices.segment, slices.segment_value, summed.variant_index
