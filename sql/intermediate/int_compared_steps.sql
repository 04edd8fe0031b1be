-- The transitions of each journey on each side of a comparison. Of a side that is a
-- span of time, those whose two steps lie in it; those with one step in it are cut.
-- key: comparison_index, side, journey_code, activity_code, next_activity_code, is_cut
--
-- comparison_index    position of the comparison in the project file
-- side                a or b
-- customer_code       number of the journey's customer
-- journey_code        number of the journey
-- activity_code       what happened first; 0 for what is before the start
-- next_activity_code  what happened next; 0 for what is after the end
-- is_cut              whether only one of the two lies in the side
-- transitions         how often

with timed as (

    select
        int_compared_sets.comparison_index,
        int_compared_sets.side,
        int_steps.customer_code,
        int_steps.journey_code,
        int_steps.activity_code,
        int_steps.next_activity_code,
        int_steps.is_open,
        int_steps.step_position,
        int_steps.occurred_us >= int_compared_sets.from_us
        and int_steps.occurred_us < int_compared_sets.until_us as is_in,
        int_steps.occurred_us + int_steps.wait_us >= int_compared_sets.from_us
        and int_steps.occurred_us + int_steps.wait_us < int_compared_sets.until_us
            as is_next_in
    from int_steps
    inner join int_compared_sets on int_steps.slice_set = int_compared_sets.slice_set
    where int_steps.is_step

),

arrows as (

    -- After the last step of a journey in progress nothing is known.
    select
        comparison_index,
        side,
        customer_code,
        journey_code,
        activity_code,
        coalesce(next_activity_code, 0) as next_activity_code,
        coalesce(is_in <> is_next_in, false) as is_cut
    from timed
    where
        (is_in or coalesce(is_next_in, false))
        and not (next_activity_code is null and is_open)
    union all
    select
        comparison_index,
        side,
        customer_code,
        journey_code,
        0 as activity_code,
        activity_code as next_activity_code,
        false as is_cut
    from timed
    where is_in and step_position = 1

)

select
    comparison_index,
    side,
    any_value(customer_code) as customer_code,
    journey_code,
    activity_code,
    next_activity_code,
    is_cut,
    count(*) as transitions
from arrows
group by
    comparison_index, side, journey_code, activity_code, next_activity_code, is_cut
