-- The combination of values of each unit of a funnel; its month is that of the entry.
-- key: funnel, unit_code, attempt_index
--
-- funnel         name of the funnel
-- unit_code      number of the unit
-- attempt_index  position among the unit's attempts, from 1
-- slice_set      combination of values

select
    int_funnel_units.funnel,
    int_funnel_units.unit_code,
    int_funnel_units.attempt_index,
    int_slice_sets.slice_set
from int_funnel_units
inner join int_units
    on
        int_funnel_units.unit = int_units.unit
        and int_funnel_units.unit_code = int_units.unit_code
inner join int_slice_sets
    on
        int_units.persona = int_slice_sets.persona
        and int_units.segment_values = int_slice_sets.segment_values
        and int_funnel_units.entry_month = int_slice_sets.month
