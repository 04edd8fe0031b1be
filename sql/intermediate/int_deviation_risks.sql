-- The ways through an expected journey in which a deviation could be, of settled
-- journeys, and whether it is: what is compared. Of all journeys, those that went far
-- would look as if what happens late did them good.
-- key: variant_code, kind, step_index
--
-- variant_code  number of the variant
-- kind          kind of the deviation, but for time; `unfinished` is left out: who left
--               has left
-- step_index    the step, or what else the expected journey speaks of
-- is_deviating  whether the variant deviates so

with told as (

    select distinct
        int_expected_variants.expected,
        int_deviation_variants.kind,
        int_deviation_variants.step_index,
        py_expected_steps.rule
    from int_deviation_variants
    inner join int_expected_variants
        on int_deviation_variants.variant_code = int_expected_variants.variant_code
    inner join py_expected_steps
        on
            int_expected_variants.expected = py_expected_steps.expected
            and int_deviation_variants.step_index = py_expected_steps.step_index
    where int_deviation_variants.kind <> 'unfinished'

),

furthest as (

    select
        py_alignment_steps.variant_code,
        max(py_alignment_steps.step_index) as step_index
    from py_alignment_steps
    inner join int_expected_variants
        on py_alignment_steps.variant_code = int_expected_variants.variant_code
    inner join py_expected_steps
        on
            int_expected_variants.expected = py_expected_steps.expected
            and py_alignment_steps.step_index = py_expected_steps.step_index
    where
        py_expected_steps.rule in ('must', 'may')
        and py_alignment_steps.matched > 0
    group by py_alignment_steps.variant_code

),

exposed as (

    select
        int_expected_variants.variant_code,
        told.kind,
        told.step_index,
        case
            when told.rule in ('never', 'other') then true
            when told.rule = 'before'
                then coalesce(py_alignment_steps.wanted, 0) > 0
            when told.rule = 'task' and told.kind = 'skipped'
                then
                    coalesce(
                        py_alignment_steps.matched + py_alignment_steps.missing
                        - py_alignment_steps.at_end,
                        0
                    ) > 0
            -- Only who went further can be said to have gone without.
            when told.kind = 'skipped'
                then coalesce(furthest.step_index, 0) > told.step_index
            else
                coalesce(py_alignment_steps.matched + py_alignment_steps.surplus, 0) > 0
        end as is_exposed
    from int_expected_variants
    inner join py_alignments
        on int_expected_variants.variant_code = py_alignments.variant_code
    inner join told on int_expected_variants.expected = told.expected
    left join furthest on int_expected_variants.variant_code = furthest.variant_code
    left join py_alignment_steps
        on
            int_expected_variants.variant_code = py_alignment_steps.variant_code
            and told.step_index = py_alignment_steps.step_index
    where int_expected_variants.ending <> 'open'

)

select
    exposed.variant_code,
    exposed.kind,
    exposed.step_index,
    int_deviation_variants.variant_code is not null as is_deviating
from exposed
left join int_deviation_variants
    on
        exposed.variant_code = int_deviation_variants.variant_code
        and exposed.kind = int_deviation_variants.kind
        and exposed.step_index = int_deviation_variants.step_index
where exposed.is_exposed
