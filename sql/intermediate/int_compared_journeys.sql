-- The journeys on each side of a comparison.
-- key: comparison_index, side, journey_code
--
-- comparison_index  position of the comparison in the project file
-- side              a or b
-- journey_code      number of the journey
-- customer_code     number of its customer
-- is_whole          whether it is over, and all of its steps lie in the side

select
    comparison_index,
    side,
    journey_code,
    any_value(customer_code) as customer_code,
    -- The sides are spans without gaps: what begins and ends in one lies in it.
    bool_or(activity_code = 0) and bool_or(next_activity_code = 0) as is_whole
from int_compared_steps
group by comparison_index, side, journey_code
