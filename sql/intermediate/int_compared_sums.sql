-- Sums over customers, from which follow the differences of a comparison and how sure
-- they are: of what starts somewhere (x), how much leads where (y), on side a and b.
-- key: comparison_index, kind, basis_code, item_code
--
-- comparison_index  position of the comparison in the project file
-- kind              transition or variant
-- basis_code        as in int_compared_counts
-- item_code         as in int_compared_counts
-- journeys_a        journeys of side a with it
-- journeys_b        journeys of side b with it
-- customers_a       customers of side a with any x
-- x_a               what starts there
-- y_a               what leads there
-- xx_a              sum of the squares of x
-- xy_a              sum of the products
-- yy_a              sum of the squares of y
-- customers_b       the same on side b
-- x_b               the same on side b
-- y_b               the same on side b
-- xx_b              the same on side b
-- xy_b              the same on side b
-- yy_b              the same on side b
-- x_a_x_b           sum of the products over customers of both sides
-- x_a_y_b           likewise
-- y_a_x_b           likewise
-- y_a_y_b           likewise

with counts as (

    select
        comparison_index,
        kind,
        basis_code,
        item_code,
        customer_code,
        sum(journeys) filter (where side = 'a') as journeys_a,
        sum(journeys) filter (where side = 'b') as journeys_b,
        coalesce(sum(cases) filter (where side = 'a'), 0) as y_a,
        coalesce(sum(cases) filter (where side = 'b'), 0) as y_b
    from int_compared_counts
    group by comparison_index, kind, basis_code, item_code, customer_code

),

bases as (

    select
        comparison_index,
        kind,
        basis_code,
        customer_code,
        sum(y_a) as x_a,
        sum(y_b) as x_b
    from counts
    group by comparison_index, kind, basis_code, customer_code

),

based as (

    select
        comparison_index,
        kind,
        basis_code,
        count(*) filter (where x_a > 0) as customers_a,
        count(*) filter (where x_b > 0) as customers_b,
        sum(x_a) as x_a,
        sum(x_b) as x_b,
        sum(x_a * x_a) as xx_a,
        sum(x_b * x_b) as xx_b,
        sum(x_a * x_b) as x_a_x_b
    from bases
    group by comparison_index, kind, basis_code

),

counted as (

    select
        counts.comparison_index,
        counts.kind,
        counts.basis_code,
        counts.item_code,
        coalesce(sum(counts.journeys_a), 0) as journeys_a,
        coalesce(sum(counts.journeys_b), 0) as journeys_b,
        sum(counts.y_a) as y_a,
        sum(counts.y_b) as y_b,
        sum(bases.x_a * counts.y_a) as xy_a,
        sum(bases.x_b * counts.y_b) as xy_b,
        sum(counts.y_a * counts.y_a) as yy_a,
        sum(counts.y_b * counts.y_b) as yy_b,
        sum(bases.x_a * counts.y_b) as x_a_y_b,
        sum(counts.y_a * bases.x_b) as y_a_x_b,
        sum(counts.y_a * counts.y_b) as y_a_y_b
    from counts
    inner join bases
        on
            counts.comparison_index = bases.comparison_index
            and counts.kind = bases.kind
            and counts.basis_code = bases.basis_code
            and counts.customer_code = bases.customer_code
    group by
        counts.comparison_index, counts.kind, counts.basis_code, counts.item_code

)

select
    based.comparison_index,
    based.kind,
    based.basis_code,
    counted.item_code,
    cast(counted.journeys_a as bigint) as journeys_a,
    cast(counted.journeys_b as bigint) as journeys_b,
    based.customers_a,
    cast(based.x_a as bigint) as x_a,
    cast(counted.y_a as bigint) as y_a,
    cast(based.xx_a as double) as xx_a,
    cast(counted.xy_a as double) as xy_a,
    cast(counted.yy_a as double) as yy_a,
    based.customers_b,
    cast(based.x_b as bigint) as x_b,
    cast(counted.y_b as bigint) as y_b,
    cast(based.xx_b as double) as xx_b,
    cast(counted.xy_b as double) as xy_b,
    cast(counted.yy_b as double) as yy_b,
    cast(based.x_a_x_b as double) as x_a_x_b,
    cast(counted.x_a_y_b as double) as x_a_y_b,
    cast(counted.y_a_x_b as double) as y_a_x_b,
    cast(counted.y_a_y_b as double) as y_a_y_b
from based
inner join counted
    on
        based.comparison_index = counted.comparison_index
        and based.kind = counted.kind
        and based.basis_code = counted.basis_code
order by
    based.comparison_index, based.kind, based.basis_code, counted.item_code
