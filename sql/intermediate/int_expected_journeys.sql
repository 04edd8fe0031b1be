-- One row per journey that an expected journey is stated for, with its alignment.
-- key: journey_code
--
-- journey_code   number of the journey
-- customer_code  number of its customer
-- slice_set      combination of values that slices the journey
-- persona        of its customer
-- expected       the expected journey: the persona, or `all`
-- ending         converted, lost, or open
-- variant_code   number of its way through the expected journey
-- steps          its events that the expected journey speaks of
-- cost           fewest moves that differ; null where it is too long to be judged
-- worst_cost     moves if nothing matched; null where cost is
-- fitness_ppb    1 - cost / worst_cost, in parts per billion, rounded; null where cost
--                is

select
    int_expected_paths.journey_code,
    int_expected_paths.customer_code,
    int_expected_paths.slice_set,
    int_expected_paths.persona,
    int_expected_paths.expected,
    int_expected_paths.ending,
    int_expected_variants.variant_code,
    len(int_expected_paths.path) as steps,
    py_alignments.cost,
    py_alignments.worst_cost,
    case
        when py_alignments.worst_cost = 0 then 1000000000
        else
            (
                2000000000 * (py_alignments.worst_cost - py_alignments.cost)
                + py_alignments.worst_cost
            ) // (2 * py_alignments.worst_cost)
    end as fitness_ppb
from int_expected_paths
inner join int_expected_variants
    on
        int_expected_paths.expected = int_expected_variants.expected
        and int_expected_paths.ending = int_expected_variants.ending
        and int_expected_paths.path = int_expected_variants.path
left join py_alignments
    on int_expected_variants.variant_code = py_alignments.variant_code
