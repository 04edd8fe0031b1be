-- One row per customer and per journey, with the slices that it counts in: who stands
-- behind the rows of a slice in the other tables.
-- key: unit, unit_id
--
-- unit      customer or journey
-- unit_id   customer_id or journey_id
-- persona   of the customer
-- segments  value of each segment: `segments['device']`

with sliced as (

    select
        slice_set,
        map_from_entries(list((segment, segment_value) order by segment)) as segments
    from int_slices
    where persona = 'all' and segment <> 'all'
    group by slice_set

)

select
    int_unit_slices.unit,
    coalesce(int_journeys.journey_id, int_customers.customer_id) as unit_id,
    int_slice_sets.persona,
    coalesce(sliced.segments, map()) as segments
from int_unit_slices
inner join int_slice_sets on int_unit_slices.slice_set = int_slice_sets.slice_set
inner join int_customers
    on int_unit_slices.customer_code = int_customers.customer_code
left join sliced on int_unit_slices.slice_set = sliced.slice_set
left join int_journeys
    on
        int_unit_slices.unit = 'journey'
        and int_unit_slices.unit_code = int_journeys.journey_code
where
    int_unit_slices.unit = 'customer'
    or (int_unit_slices.unit = 'journey' and int_journeys.journey_kind = 'main')
order by int_unit_slices.unit, unit_id
