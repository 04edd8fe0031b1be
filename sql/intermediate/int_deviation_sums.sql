-- Sums over customers, of which the effects of deviations are estimated: of their
-- settled journeys in which a deviation could be, with it (x) and without it (u), those
-- that converted (y and v).
-- key: persona, expected, kind, step_index
--
-- persona     `all`, or the persona
-- expected    the expected journey
-- kind        kind of the deviation
-- step_index  the step, or what else the expected journey speaks of
-- with_it     customers with a journey with it
-- without_it  customers with a journey without it
-- x           journeys with it
-- y           of those, converted
-- u           journeys without it
-- v           of those, converted
-- xx          sum of products of a customer's own x and x; so the others
-- xy          products of x and y
-- yy          products of y and y
-- uu          products of u and u
-- uv          products of u and v
-- vv          products of v and v
-- xu          products of x and u
-- xv          products of x and v
-- yu          products of y and u
-- yv          products of y and v

with exposed as (

    select
        int_expected_journeys.persona,
        int_expected_journeys.expected,
        int_expected_journeys.customer_code,
        int_expected_journeys.ending = 'converted' as is_converted,
        int_deviation_risks.kind,
        int_deviation_risks.step_index,
        int_deviation_risks.is_deviating
    from int_deviation_risks
    inner join int_expected_journeys
        on int_deviation_risks.variant_code = int_expected_journeys.variant_code
    union all
    select
        int_expected_journeys.persona,
        int_expected_journeys.expected,
        int_expected_journeys.customer_code,
        int_expected_journeys.ending = 'converted' as is_converted,
        'too_late' as kind,
        int_deviation_waits.step_index,
        int_deviation_waits.is_late as is_deviating
    from int_deviation_waits
    inner join int_expected_journeys
        on int_deviation_waits.journey_code = int_expected_journeys.journey_code
    where int_expected_journeys.ending <> 'open'

),

own as (

    select
        persona,
        expected,
        kind,
        step_index,
        customer_code,
        count(*) filter (where is_deviating) as x,
        count(*) filter (where is_deviating and is_converted) as y,
        count(*) filter (where not is_deviating) as u,
        count(*) filter (where not is_deviating and is_converted) as v
    from exposed
    group by persona, expected, kind, step_index, customer_code

)

select
    coalesce(persona, 'all') as persona,
    expected,
    kind,
    step_index,
    count(*) filter (where x > 0) as with_it,
    count(*) filter (where u > 0) as without_it,
    cast(sum(x) as bigint) as x,
    cast(sum(y) as bigint) as y,
    cast(sum(u) as bigint) as u,
    cast(sum(v) as bigint) as v,
    cast(sum(x * x) as bigint) as xx,
    cast(sum(x * y) as bigint) as xy,
    cast(sum(y * y) as bigint) as yy,
    cast(sum(u * u) as bigint) as uu,
    cast(sum(u * v) as bigint) as uv,
    cast(sum(v * v) as bigint) as vv,
    cast(sum(x * u) as bigint) as xu,
    cast(sum(x * v) as bigint) as xv,
    cast(sum(y * u) as bigint) as yu,
    cast(sum(y * v) as bigint) as yv
from own
group by grouping sets (
    (persona, expected, kind, step_index),
    (expected, kind, step_index)
)
