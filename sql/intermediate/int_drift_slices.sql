-- The slices that drift is looked for in, and the combinations of values in each.
-- key: slice_set, slice_code
--
-- slice_set      combination of values
-- slice_code     number of the slice, as in int_slices
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value

select
    int_slices.slice_set,
    int_slices.slice_code,
    int_slices.persona,
    int_slices.segment,
    int_slices.segment_value
from int_slices
inner join cfg_drift_by
    on
        case when int_slices.persona = 'all' then int_slices.segment else 'persona' end
        = cfg_drift_by.segment
where int_slices.persona = 'all' or int_slices.segment = 'all'
