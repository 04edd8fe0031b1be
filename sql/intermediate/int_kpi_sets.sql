-- Combinations of values that count in the same slices of metrics: the whole, each
-- persona, and each value of a segment but the month and the outcome.
-- key: slice_set
--
-- slice_set  combination of values
-- kpi_set    number of those that count in the same slices, from 1; the first one
--            decides its place

with sliced as (

    select
        slice_set,
        list(slice_code order by slice_code) as slice_codes
    from int_slices
    where
        (persona = 'all' or segment = 'all')
        and segment not in ('month', 'outcome')
    group by slice_set

),

firsts as (

    select
        slice_set,
        min(slice_set) over (partition by slice_codes) as first_set
    from sliced

)

select
    slice_set,
    dense_rank() over (order by first_set) as kpi_set
from firsts
order by slice_set
