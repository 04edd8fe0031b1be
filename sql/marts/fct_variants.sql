-- Variants per slice of journeys. The whole is complete; other slices hold their 1,000
-- most frequent variants, and the rest as `$other`.
-- key: persona, segment, segment_value, variant_id
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- variant_id     hash of the variant; `$other` for the rest
-- variant        activities in order, joined by ` > `
-- variant_index  place in the slice, from 1, the most frequent first
-- journeys       journeys that follow it
-- share          of the slice's journeys, 0 to 1
-- converted      of those journeys, converted
-- exited         of those journeys, exited
-- abandoned      of those journeys, abandoned
-- in_progress    of those journeys, in progress

with per_set as (

    select
        int_unit_slices.slice_set,
        int_journey_paths.path,
        count(*) as journeys,
        count(*) filter (where int_journeys.outcome = 'converted') as converted,
        count(*) filter (where int_journeys.outcome = 'exited') as exited,
        count(*) filter (where int_journeys.outcome = 'abandoned') as abandoned,
        count(*) filter (where int_journeys.outcome = 'in_progress') as in_progress
    from int_journeys
    inner join int_journey_paths
        on int_journeys.journey_code = int_journey_paths.journey_code
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_journeys.journey_code = int_unit_slices.unit_code
    group by all

),

ranked as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        int_variants.variant_id,
        int_variants.variant,
        sum(per_set.journeys) as journeys,
        sum(per_set.converted) as converted,
        sum(per_set.exited) as exited,
        sum(per_set.abandoned) as abandoned,
        sum(per_set.in_progress) as in_progress,
        row_number() over (
            partition by
                int_slices.persona, int_slices.segment, int_slices.segment_value
            order by sum(per_set.journeys) desc, int_variants.variant_id
        ) as place
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    inner join int_variants on per_set.path = int_variants.path
    group by
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        int_variants.variant_id,
        int_variants.variant

),

folded as (

    select
        persona,
        segment,
        segment_value,
        case when place > 1000 and not is_whole then '$other' else variant_id end
            as variant_id,
        case when place > 1000 and not is_whole then '$other' else variant end
            as variant,
        min(place) as variant_index,
        cast(sum(journeys) as bigint) as journeys,
        cast(sum(converted) as bigint) as converted,
        cast(sum(exited) as bigint) as exited,
        cast(sum(abandoned) as bigint) as abandoned,
        cast(sum(in_progress) as bigint) as in_progress
    from (
        select
            *,
            persona = 'all' and segment = 'all' as is_whole
        from ranked
    ) as judged
    group by all

)

select
    persona,
    segment,
    segment_value,
    variant_id,
    variant,
    variant_index,
    journeys,
    journeys / nullif(
        cast(
            sum(journeys) over (partition by persona, segment, segment_value) as bigint
        ),
        0
    ) as share,
    converted,
    exited,
    abandoned,
    in_progress
from folded
order by persona, segment, segment_value, variant_index
