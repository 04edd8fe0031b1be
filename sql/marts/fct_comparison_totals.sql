-- What the two sides of a comparison are made of, and how far they are apart.
-- key: comparison
--
-- comparison             name of the comparison
-- label_a                what is compared
-- label_b                with what
-- journeys_a             journeys of side a with a step in it
-- journeys_b             journeys of side b
-- customers_a            their customers
-- customers_b            their customers
-- customers_of_both      customers with journeys on both sides
-- whole_journeys_a       of those journeys, over and wholly in the side, so
--                        with a variant
-- whole_journeys_b       the same on side b
-- transitions_a          transitions between two steps of the side
-- transitions_b          the same on side b
-- cut_transitions_a      transitions with one step in the span and one outside: they
--                        are counted here, and nowhere else
-- cut_transitions_b      the same on side b
-- differing_transitions  transitions that differ, with a q-value below 0.05
-- differing_variants     variants that do
-- earth_movers_distance  what part of the steps must be edited to make the variants of
--                        side a to those of side b, 0 to 1; null if a side has none
-- coverage_a             share of the whole journeys of side a in that distance: those
--                        of its 100 most frequent variants
-- coverage_b             the same on side b

with steps as (

    select
        comparison_index,
        coalesce(
            sum(transitions) filter (where side = 'a' and not is_cut), 0
        ) as transitions_a,
        coalesce(
            sum(transitions) filter (where side = 'b' and not is_cut), 0
        ) as transitions_b,
        coalesce(sum(transitions) filter (where side = 'a' and is_cut), 0)
            as cut_transitions_a,
        coalesce(sum(transitions) filter (where side = 'b' and is_cut), 0)
            as cut_transitions_b
    from int_compared_steps
    where activity_code > 0 and next_activity_code > 0
    group by comparison_index

),

journeys as (

    select
        comparison_index,
        count(*) filter (where side = 'a') as journeys_a,
        count(*) filter (where side = 'b') as journeys_b,
        count(*) filter (where side = 'a' and is_whole) as whole_journeys_a,
        count(*) filter (where side = 'b' and is_whole) as whole_journeys_b,
        count(distinct case when side = 'a' then customer_code end) as customers_a,
        count(distinct case when side = 'b' then customer_code end) as customers_b,
        count(distinct customer_code) as customers
    from int_compared_journeys
    group by comparison_index

),

differing as (

    select
        comparison_index,
        count(*) filter (where kind = 'transition') as transitions,
        count(*) filter (where kind = 'variant' and item_code > 0) as variants
    from py_compared
    where q_value < 0.05
    group by comparison_index

)

select
    cfg_comparisons.comparison,
    cfg_comparisons.label_a,
    cfg_comparisons.label_b,
    coalesce(journeys.journeys_a, 0) as journeys_a,
    coalesce(journeys.journeys_b, 0) as journeys_b,
    coalesce(journeys.customers_a, 0) as customers_a,
    coalesce(journeys.customers_b, 0) as customers_b,
    coalesce(journeys.customers_a + journeys.customers_b - journeys.customers, 0)
        as customers_of_both,
    coalesce(journeys.whole_journeys_a, 0) as whole_journeys_a,
    coalesce(journeys.whole_journeys_b, 0) as whole_journeys_b,
    cast(coalesce(steps.transitions_a, 0) as bigint) as transitions_a,
    cast(coalesce(steps.transitions_b, 0) as bigint) as transitions_b,
    cast(coalesce(steps.cut_transitions_a, 0) as bigint) as cut_transitions_a,
    cast(coalesce(steps.cut_transitions_b, 0) as bigint) as cut_transitions_b,
    coalesce(differing.transitions, 0) as differing_transitions,
    coalesce(differing.variants, 0) as differing_variants,
    py_compared_distances.earth_movers_distance,
    py_compared_distances.covered_a / nullif(journeys.whole_journeys_a, 0)
        as coverage_a,
    py_compared_distances.covered_b / nullif(journeys.whole_journeys_b, 0)
        as coverage_b
from cfg_comparisons
left join journeys on cfg_comparisons.comparison_index = journeys.comparison_index
left join steps on cfg_comparisons.comparison_index = steps.comparison_index
left join differing
    on cfg_comparisons.comparison_index = differing.comparison_index
left join py_compared_distances
    on cfg_comparisons.comparison_index = py_compared_distances.comparison_index
order by cfg_comparisons.comparison
