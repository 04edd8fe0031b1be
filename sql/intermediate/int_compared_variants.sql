-- The 1,000 most frequent variants of each comparison, of whole journeys.
-- key: comparison_index, variant_index
--
-- comparison_index  position of the comparison in the project file
-- variant_index     place, from 1, the most frequent on both sides together first
-- path              activity codes in order
-- journeys_a        journeys of side a that follow it
-- journeys_b        journeys of side b that follow it

select
    int_compared_journeys.comparison_index,
    row_number() over (
        partition by int_compared_journeys.comparison_index
        order by count(*) desc, int_journey_paths.path
    ) as variant_index,
    int_journey_paths.path,
    count(*) filter (where int_compared_journeys.side = 'a') as journeys_a,
    count(*) filter (where int_compared_journeys.side = 'b') as journeys_b
from int_compared_journeys
inner join int_journey_paths
    on int_compared_journeys.journey_code = int_journey_paths.journey_code
where int_compared_journeys.is_whole
group by int_compared_journeys.comparison_index, int_journey_paths.path
qualify variant_index <= 1000
