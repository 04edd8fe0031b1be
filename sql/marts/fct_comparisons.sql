-- Transitions of the two sides of a comparison: how often what happened first is
-- followed by what happened next, and whether the sides differ.
-- key: comparison, from_activity, to_activity
--
-- comparison       name of the comparison
-- from_activity    what happened first; `$start` before the start of a journey
-- to_activity      what happened next; `$end` if the journey was over
-- label_a          what is compared
-- label_b          with what
-- transitions_a    how often on side a
-- transitions_b    how often on side b
-- journeys_a       journeys of side a with it
-- journeys_b       journeys of side b with it
-- customers_a      customers of side a who were at from_activity
-- customers_b      customers of side b who were there
-- rate_a           of all that followed from_activity on side a, the share that
--                  to_activity is; null if side a never was there
-- rate_b           the same on side b
-- difference       rate_a - rate_b
-- difference_low   its 95 % interval over customers; null below 5 on either side
-- difference_high  its 95 % interval over customers
-- q_value          share of false findings among all transitions of the comparison that
--                  differ as surely; null below 5 cases or 5 customers
-- per_100          by how many it would change per 100 journeys: the difference times
--                  visits of from_activity per 100 journeys, both sides together

with journeys as (

    select
        comparison_index,
        count(*) as journeys
    from int_compared_journeys
    group by comparison_index

)

select
    cfg_comparisons.comparison,
    coalesce(earlier.activity, '$start') as from_activity,
    coalesce(later.activity, '$end') as to_activity,
    cfg_comparisons.label_a,
    cfg_comparisons.label_b,
    sums.y_a as transitions_a,
    sums.y_b as transitions_b,
    sums.journeys_a,
    sums.journeys_b,
    sums.customers_a,
    sums.customers_b,
    py_compared.rate_a,
    py_compared.rate_b,
    py_compared.difference,
    py_compared.difference_low,
    py_compared.difference_high,
    py_compared.q_value,
    100 * py_compared.difference * (sums.x_a + sums.x_b) / nullif(journeys.journeys, 0)
        as per_100
from int_compared_sums as sums
inner join py_compared
    on
        sums.comparison_index = py_compared.comparison_index
        and sums.kind = py_compared.kind
        and sums.basis_code = py_compared.basis_code
        and sums.item_code = py_compared.item_code
inner join cfg_comparisons
    on sums.comparison_index = cfg_comparisons.comparison_index
inner join journeys on sums.comparison_index = journeys.comparison_index
left join int_activities as earlier on sums.basis_code = earlier.activity_code
left join int_activities as later on sums.item_code = later.activity_code
where sums.kind = 'transition'
order by cfg_comparisons.comparison, from_activity, to_activity
