-- The combination of values of each unit.
-- key: unit, unit_code
--
-- unit           customer, journey or session
-- unit_code      number of the unit
-- customer_code  number of its customer
-- slice_set      combination of values

select
    int_units.unit,
    int_units.unit_code,
    int_units.customer_code,
    int_slice_sets.slice_set
from int_units
inner join int_slice_sets
    on
        int_units.persona = int_slice_sets.persona
        and int_units.segment_values = int_slice_sets.segment_values
        and int_units.month = int_slice_sets.month
