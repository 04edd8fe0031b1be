-- Whose journeys stand on which side of a comparison, and when.
-- key: comparison_index, side, slice_set
--
-- comparison_index  position of the comparison in the project file
-- side              a or b
-- slice_set         combination of values
-- from_us           first moment that is looked at, in microseconds since 1970
-- until_us          first moment that no longer is. Of spans of time the last days are
--                   left out, in which silence does not yet tell that a journey is over

with valued as (

    select
        slice_set,
        segment,
        segment_value
    from int_slices
    where persona = 'all' and segment <> 'all'
    union all
    select
        slice_set,
        'persona' as segment,
        persona as segment_value
    from int_slice_sets

),

chosen as (

    select
        cfg_compared_values.comparison_index,
        cfg_compared_values.side,
        cfg_compared_values.segment,
        valued.slice_set
    from cfg_compared_values
    inner join valued
        on
            cfg_compared_values.segment = valued.segment
            and cfg_compared_values.segment_value = valued.segment_value

),

kept as (

    -- Of every segment that `only` names, one of its values.
    select
        comparison_index,
        slice_set,
        count(*) as conditions
    from chosen
    where side = 'only'
    group by comparison_index, slice_set

),

wanted as (

    select
        comparison_index,
        count(distinct segment) as conditions
    from cfg_compared_values
    where side = 'only'
    group by comparison_index

)

select
    sides.comparison_index,
    sides.side,
    int_slice_sets.slice_set,
    sides.from_us,
    case
        when sides.segment is not null then sides.until_us
        else least(sides.until_us, $as_of_us - $inactivity_us)
    end as until_us
from cfg_compared_sides as sides
cross join int_slice_sets
left join wanted on sides.comparison_index = wanted.comparison_index
left join kept
    on
        sides.comparison_index = kept.comparison_index
        and int_slice_sets.slice_set = kept.slice_set
left join chosen as own
    on
        sides.comparison_index = own.comparison_index
        and sides.side = own.side
        and int_slice_sets.slice_set = own.slice_set
left join chosen as other
    on
        sides.comparison_index = other.comparison_index
        and other.side = 'a'
        and int_slice_sets.slice_set = other.slice_set
where
    coalesce(wanted.conditions, 0) = coalesce(kept.conditions, 0)
    and case
        when sides.segment is null then true
        when sides.is_rest then other.slice_set is null
        else own.slice_set is not null
    end
