-- What each customer did on each side of a comparison: transitions by where they start,
-- and variants.
-- key: comparison_index, side, customer_code, kind, basis_code, item_code
--
-- comparison_index  position of the comparison in the project file
-- side              a or b
-- customer_code     number of the customer
-- kind              transition or variant
-- basis_code        activity that it starts from, 0 before the start; 0 for variants
-- item_code         activity that it leads to, 0 for the end; of variants,
--                   `variant_index`, 0 for all but the most frequent
-- cases             how often
-- journeys          journeys with it

select
    comparison_index,
    side,
    customer_code,
    'transition' as kind,
    activity_code as basis_code,
    next_activity_code as item_code,
    cast(sum(transitions) as bigint) as cases,
    count(*) as journeys
from int_compared_steps
where not is_cut
group by comparison_index, side, customer_code, activity_code, next_activity_code
union all
select
    journeys.comparison_index,
    journeys.side,
    journeys.customer_code,
    'variant' as kind,
    0 as basis_code,
    coalesce(int_compared_variants.variant_index, 0) as item_code,
    count(*) as cases,
    count(*) as journeys
from int_compared_journeys as journeys
inner join int_journey_paths
    on journeys.journey_code = int_journey_paths.journey_code
left join int_compared_variants
    on
        journeys.comparison_index = int_compared_variants.comparison_index
        and int_journey_paths.path = int_compared_variants.path
where journeys.is_whole
group by
    journeys.comparison_index,
    journeys.side,
    journeys.customer_code,
    coalesce(int_compared_variants.variant_index, 0)
