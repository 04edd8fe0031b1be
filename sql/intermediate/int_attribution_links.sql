-- How often a touch on one channel followed one on another, per customer: the chain of
-- which the Markov model is made. Journeys in progress are left out, and those without
-- a touch.
-- key: slice_set, customer_code, from_code, to_code
--
-- slice_set      combination of values that slices the journeys
-- customer_code  number of the customer
-- from_code      number of the channel in int_touch_channels; 0 for the start
-- to_code        the same; 0 for a conversion, -1 for a journey that ended without one
-- links          how often

with linked as (

    select
        *,
        lag(channel_code, 1, 0) over (
            partition by journey_code order by touch_index
        ) as from_code
    from int_attributed_journeys
    where not is_open and touches > 0

),

links as (

    select
        slice_set,
        customer_code,
        from_code,
        channel_code as to_code
    from linked
    union all
    select
        slice_set,
        customer_code,
        channel_code as from_code,
        case when is_converted then 0 else -1 end as to_code
    from linked
    where touch_index = touches

)

select
    slice_set,
    customer_code,
    from_code,
    to_code,
    count(*) as links
from links
group by slice_set, customer_code, from_code, to_code
