-- The slices that a combination of values counts in: {all, its persona} by
-- {all, each (segment, value)}. Marts group by slice_set first, then join this.
-- key: slice_set, persona, segment, segment_value
--
-- slice_set      combination of values
-- persona        `all`, or the persona
-- segment        `all`, or the name of a segment
-- segment_value  `all`, or the value
-- slice_code     number of the slice (persona, segment, segment_value), from 1: a mart
--                that groups many rows groups by it, faster than by three texts

with segments as (

    select
        slice_set,
        persona,
        'all' as segment,
        'all' as segment_value
    from int_slice_sets
    union all
    select
        int_slice_sets.slice_set,
        int_slice_sets.persona,
        cfg_segments.segment,
        case
            when cfg_segments.segment = 'month'
                then strftime(int_slice_sets.month, '%Y-%m')
            else int_slice_sets.segment_values[cfg_segments.segment_index]
        end as segment_value
    from int_slice_sets
    cross join cfg_segments

),

sliced as (

    select
        slice_set,
        persona,
        segment,
        segment_value
    from segments
    union all
    select
        slice_set,
        'all' as persona,
        segment,
        segment_value
    from segments

)

select
    slice_set,
    persona,
    segment,
    segment_value,
    dense_rank() over (order by persona, segment, segment_value) as slice_code
from sliced
order by slice_set, persona, segment, segment_value
