-- Variants of the two sides of a comparison, of whole journeys: the 1,000 most
-- frequent, and the rest as `$other`.
-- key: comparison, variant_id
--
-- comparison       name of the comparison
-- variant_id       hash of the variant; `$other` for the rest
-- variant          activities in order, joined by ` > `
-- variant_index    place, from 1, the most frequent on both sides together first; 0 for
--                  the rest
-- label_a          what is compared
-- label_b          with what
-- journeys_a       journeys of side a that follow it
-- journeys_b       journeys of side b that follow it
-- share_a          of all whole journeys of side a; null if it has none
-- share_b          of all whole journeys of side b
-- difference       share_a - share_b
-- difference_low   its 95 % interval over customers; null below 5 on either side
-- difference_high  its 95 % interval over customers
-- q_value          share of false findings among all variants of the comparison that
--                  differ as surely; null below 5 journeys or 5 customers

select
    cfg_comparisons.comparison,
    coalesce(int_variants.variant_id, '$other') as variant_id,
    coalesce(int_variants.variant, '$other') as variant,
    sums.item_code as variant_index,
    cfg_comparisons.label_a,
    cfg_comparisons.label_b,
    sums.journeys_a,
    sums.journeys_b,
    py_compared.rate_a as share_a,
    py_compared.rate_b as share_b,
    py_compared.difference,
    py_compared.difference_low,
    py_compared.difference_high,
    py_compared.q_value
from int_compared_sums as sums
inner join py_compared
    on
        sums.comparison_index = py_compared.comparison_index
        and sums.kind = py_compared.kind
        and sums.basis_code = py_compared.basis_code
        and sums.item_code = py_compared.item_code
inner join cfg_comparisons
    on sums.comparison_index = cfg_comparisons.comparison_index
left join int_compared_variants
    on
        sums.comparison_index = int_compared_variants.comparison_index
        and sums.item_code = int_compared_variants.variant_index
left join int_variants on int_compared_variants.path = int_variants.path
where sums.kind = 'variant'
order by cfg_comparisons.comparison, variant_id
