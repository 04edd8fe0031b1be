-- The channels that get credit: the 20 with most touches and those with a cost; others
-- are one.
-- key: channel
--
-- channel          channel of touches or of a cost; (none) for journeys without a touch
-- credited_as      the same, or (other)
-- channel_code     number of `credited_as`, from 1 in order of names; 0 for (none)

with counted as (

    select
        channel,
        count(*) as touches,
        false as has_cost
    from int_touches
    group by channel
    union all
    select distinct
        channel,
        0 as touches,
        true as has_cost
    from cfg_channel_costs

),

ranked as (

    select
        channel,
        bool_or(has_cost) as has_cost,
        row_number() over (order by sum(touches) desc, channel asc) as place
    from counted
    group by channel

),

folded as (

    select
        channel,
        case when place <= 20 or has_cost then channel else '(other)' end as credited_as
    from ranked

)

select
    channel,
    credited_as,
    dense_rank() over (order by credited_as) as channel_code
from folded
union all
select
    '(none)' as channel,
    '(none)' as credited_as,
    0 as channel_code
order by channel
