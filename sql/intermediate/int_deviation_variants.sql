-- How each way through an expected journey deviates from it, but for time.
-- key: variant_code, kind, step_index
--
-- variant_code  number of the variant
-- kind          skipped, unfinished, wrong_order, inserted or forbidden
-- step_index    the step, or what else the expected journey speaks of
-- deviations    how often, at least 1

with counted as (

    select
        py_alignment_steps.*,
        int_expected_variants.ending,
        py_expected_steps.rule,
        -- An event in surplus and one missing are one at the wrong place; so is the
        -- only event of a step that is not missing, as it may be left out, or may still
        -- come; and what had to come before, and came after.
        case
            when py_expected_steps.rule = 'before'
                then
                    case
                        when py_alignment_steps.matched > 0
                            then py_alignment_steps.missing
                        else 0
                    end
            when
                py_expected_steps.rule in ('must', 'may')
                and py_alignment_steps.matched = 0
                and py_alignment_steps.surplus > 0
                then greatest(py_alignment_steps.missing, 1)
            when py_expected_steps.rule in ('must', 'may', 'task')
                then least(py_alignment_steps.missing, py_alignment_steps.surplus)
            else 0
        end as misplaced
    from py_alignment_steps
    inner join py_alignments
        on py_alignment_steps.variant_code = py_alignments.variant_code
    inner join int_expected_variants
        on py_alignment_steps.variant_code = int_expected_variants.variant_code
    inner join py_expected_steps
        on
            int_expected_variants.expected = py_expected_steps.expected
            and py_alignment_steps.step_index = py_expected_steps.step_index

),

left_over as (

    select
        *,
        greatest(missing - misplaced, 0) as lacking,
        greatest(surplus - misplaced, 0) as spare,
        -- Who left missed what was still to come; who converted did without it.
        case
            when ending = 'lost' then least(at_end, greatest(missing - misplaced, 0))
            else 0
        end as unreached
    from counted

),

kinds as (

    select
        variant_code, 'wrong_order' as kind, step_index, misplaced as deviations
    from left_over
    union all
    select
        variant_code, 'skipped' as kind, step_index, lacking - unreached as deviations
    from left_over
    union all
    select
        variant_code, 'unfinished' as kind, step_index, unreached as deviations
    from left_over
    union all
    select
        variant_code,
        case when rule = 'never' then 'forbidden' else 'inserted' end as kind,
        step_index,
        spare as deviations
    from left_over

)

select
    variant_code,
    kind,
    step_index,
    deviations
from kinds
where deviations > 0
