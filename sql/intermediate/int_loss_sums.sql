-- Sums over customers of what they risk and lose at each step of a funnel, for the
-- variance: several units of one customer are alike. Only of funnels where a customer
-- may be several units.
-- key: funnel, step_index
--
-- funnel      name of the funnel
-- step_index  the step they leave after, from 1
-- n           units at risk
-- k           units lost
-- nn          sum of squares of units at risk
-- kn          sum of products
-- kk          sum of squares of units lost

with steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel
    cross join cfg_pain_points
    where cfg_funnels.unit <> 'customer' or cfg_funnels.entry = 'attempts'

),

per_customer as (

    select
        steps.funnel,
        steps.step_index,
        int_funnel_units.customer_code,
        count(*) as n,
        count(*) filter (
            where int_funnel_units.depth_mature = steps.step_index
        ) as k
    from int_funnel_units
    inner join steps
        on
            int_funnel_units.funnel = steps.funnel
            and int_funnel_units.depth_mature >= steps.step_index
    group by steps.funnel, steps.step_index, int_funnel_units.customer_code

)

select
    funnel,
    step_index,
    cast(sum(n) as bigint) as n,
    cast(sum(k) as bigint) as k,
    cast(sum(n * n) as bigint) as nn,
    cast(sum(k * n) as bigint) as kn,
    cast(sum(k * k) as bigint) as kk
from per_customer
group by funnel, step_index
order by funnel, step_index
