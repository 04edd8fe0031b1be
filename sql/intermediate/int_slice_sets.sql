-- The distinct combinations of values that slice a unit.
-- key: slice_set
--
-- slice_set       number of the combination, from 1
-- persona         persona of the customer
-- segment_values  one value per segment but the month, in order of cfg_segments
-- month           first day of the month of the start, or of a funnel's entry

with combinations as (

    select
        persona,
        segment_values,
        month
    from int_units
    union
    select
        int_units.persona,
        int_units.segment_values,
        int_funnel_units.entry_month as month
    from int_funnel_units
    inner join int_units
        on
            int_funnel_units.unit = int_units.unit
            and int_funnel_units.unit_code = int_units.unit_code

)

select
    row_number() over (order by persona, segment_values, month) as slice_set,
    persona,
    segment_values,
    month
from combinations
order by slice_set
