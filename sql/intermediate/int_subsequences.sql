-- Journeys with a frequent sub-sequence before their first goal or exit, per slice, and
-- the slice's others; with what intervals over customers need.
-- key: subsequence_index, persona, segment, segment_value
--
-- subsequence_index            number of the sub-sequence, from 1
-- persona                      `all`, or the persona
-- segment                      `all`, or the segment
-- segment_value                `all`, or its value
-- all_journeys                 journeys of the slice
-- journeys                     of those, with the sub-sequence
-- customers                    customers with such a journey
-- ended                        of those journeys, not in progress
-- converted                    of those journeys, converted
-- ended_customers              customers with such an ended journey
-- converted_converted          sums over customers of products of their own counts
-- converted_ended              likewise
-- ended_ended                  likewise
-- other_ended                  ended journeys of the slice without the sub-sequence
-- other_converted              of those, converted
-- other_customers              customers with such an ended journey
-- other_converted_converted    sums over customers of products of their own counts
-- other_converted_ended        likewise
-- other_ended_ended            likewise
-- converted_other_converted    products of what a customer has with and without it
-- converted_other_ended        likewise
-- ended_other_converted        likewise
-- ended_other_ended            likewise
-- all_customers                customers with an ended journey of the slice

with slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        slice_code,
        unnest(['all', persona]) as persona,
        segment,
        segment_value
    from int_slices
    where persona <> 'all'

),

summed as (

    select
        py_subsequence_sums.subsequence_index,
        slices.persona,
        slices.segment,
        slices.segment_value,
        cast(sum(py_subsequence_sums.journeys) as bigint) as journeys,
        cast(sum(py_subsequence_sums.customers) as bigint) as customers,
        cast(sum(py_subsequence_sums.ended) as bigint) as n,
        cast(sum(py_subsequence_sums.converted) as bigint) as k,
        cast(sum(py_subsequence_sums.ended_customers) as bigint) as customers_n,
        cast(sum(py_subsequence_sums.ended_only) as bigint) as customers_only,
        cast(sum(py_subsequence_sums.converted_converted) as bigint) as kk,
        cast(sum(py_subsequence_sums.converted_ended) as bigint) as kn,
        cast(sum(py_subsequence_sums.ended_ended) as bigint) as nn,
        cast(sum(py_subsequence_sums.converted_all_converted) as bigint) as k_all_k,
        cast(sum(py_subsequence_sums.converted_all_ended) as bigint) as k_all_n,
        cast(sum(py_subsequence_sums.ended_all_converted) as bigint) as n_all_k,
        cast(sum(py_subsequence_sums.ended_all_ended) as bigint) as n_all_n
    from py_subsequence_sums
    inner join slices on py_subsequence_sums.slice_code = slices.slice_code
    group by
        py_subsequence_sums.subsequence_index,
        slices.persona,
        slices.segment,
        slices.segment_value

)

select
    held.subsequence_index,
    held.persona,
    held.segment,
    held.segment_value,
    whole.journeys as all_journeys,
    held.journeys,
    held.customers,
    held.n as ended,
    held.k as converted,
    held.customers_n as ended_customers,
    held.kk as converted_converted,
    held.kn as converted_ended,
    held.nn as ended_ended,
    whole.n - held.n as other_ended,
    whole.k - held.k as other_converted,
    whole.customers_n - held.customers_only as other_customers,
    -- What a customer has without it is all it has, less what it has with it.
    whole.kk - 2 * held.k_all_k + held.kk as other_converted_converted,
    whole.kn - held.k_all_n - held.n_all_k + held.kn as other_converted_ended,
    whole.nn - 2 * held.n_all_n + held.nn as other_ended_ended,
    held.k_all_k - held.kk as converted_other_converted,
    held.k_all_n - held.kn as converted_other_ended,
    held.n_all_k - held.kn as ended_other_converted,
    held.n_all_n - held.nn as ended_other_ended,
    whole.customers_n as all_customers
from summed as held
inner join summed as whole
    on
        whole.subsequence_index = 0
        and held.persona = whole.persona
        and held.segment = whole.segment
        and held.segment_value = whole.segment_value
where held.subsequence_index > 0
