-- What each channel gets of a customer's conversions, by the models that look at one
-- journey at a time. A conversion is 1,000,000,000 parts, and money is in 1/10,000. A
-- touch has what lies between the share of those before it and that of those up to it,
-- so that parts add up to the whole.
-- key: slice_set, customer_code, channel_code
--
-- slice_set          combination of values that slices the journeys
-- customer_code      number of the customer
-- channel_code       number of the channel in int_touch_channels
-- first_credit       parts of conversions, all to the first touch
-- last_credit        all to the last touch
-- linear_credit      the same to each touch
-- position_credit    0.4 to the first and the last, 0.2 to those between; of two, half
--                    to each
-- time_decay_credit  half as much to a touch cfg_attribution.half_life_us earlier
-- shapley_credit     the same to each channel of the journey
-- first_value        money by the same shares; null if no goal states any
-- last_value         the same
-- linear_value       the same
-- position_value     the same
-- time_decay_value   the same
-- shapley_value      the same

with weighted as (

    -- A touch at the end of the touches has weight 2^40: the ratios are those to the
    -- goal, and they stay when all touches are long before it.
    select
        int_attributed_journeys.*,
        cast(
            round(
                power(
                    2.0,
                    40 - (
                        int_attributed_journeys.before_us
                        - min(int_attributed_journeys.before_us)
                            over (partition by int_attributed_journeys.journey_code)
                    ) / cfg_attribution.half_life_us
                )
            ) as bigint
        ) as weight,
        row_number() over (
            partition by
                int_attributed_journeys.journey_code,
                int_attributed_journeys.channel_code
            order by int_attributed_journeys.touch_index
        ) = 1 as is_new
    from int_attributed_journeys
    cross join cfg_attribution
    where int_attributed_journeys.is_converted

),

cumulated as (

    select
        *,
        cast(1000000000 as bigint) as parts,
        sum(weight) over so_far as weight_reached,
        sum(weight) over journey as weights,
        count(*) filter (where is_new) over so_far as channels_reached,
        count(*) filter (where is_new) over journey as channels
    from weighted
    window
        journey as (partition by journey_code),
        so_far as (
            partition by journey_code order by touch_index
            rows between unbounded preceding and current row
        )

),

shared as (

    -- Of a journey without a touch, (none) has it all.
    select
        *,
        case when touch_index = 1 then 1 else 0 end as is_first,
        case when touch_index >= touches then 1 else 0 end as is_last,
        (touch_index - 1) / greatest(touches, 1) as linear_before,
        touch_index / greatest(touches, 1) as linear_reached,
        case
            when touch_index = 1 then 0
            when touches = 2 then 0.5
            else 0.4 + 0.2 * (touch_index - 2) / (touches - 2)
        end as position_before,
        case
            when touch_index >= touches then 1
            when touches = 2 then 0.5
            else 0.4 + 0.2 * (touch_index - 1) / (touches - 2)
        end as position_reached,
        coalesce((weight_reached - weight) / weights, 0) as time_decay_before,
        coalesce(weight_reached / weights, 1) as time_decay_reached,
        (channels_reached - case when is_new then 1 else 0 end) / channels
            as shapley_before,
        channels_reached / channels as shapley_reached
    from cumulated

)

select
    slice_set,
    customer_code,
    channel_code,
    cast(sum(is_first * parts) as bigint) as first_credit,
    cast(sum(is_last * parts) as bigint) as last_credit,
    cast(
        sum(share_between(parts, linear_before, linear_reached)) as bigint
    ) as linear_credit,
    cast(
        sum(share_between(parts, position_before, position_reached)) as bigint
    ) as position_credit,
    cast(
        sum(share_between(parts, time_decay_before, time_decay_reached)) as bigint
    ) as time_decay_credit,
    cast(
        sum(share_between(parts, shapley_before, shapley_reached)) as bigint
    ) as shapley_credit,
    cast(sum(is_first * value_units) as bigint) as first_value,
    cast(sum(is_last * value_units) as bigint) as last_value,
    cast(
        sum(share_between(value_units, linear_before, linear_reached)) as bigint
    ) as linear_value,
    cast(
        sum(share_between(value_units, position_before, position_reached)) as bigint
    ) as position_value,
    cast(
        sum(share_between(value_units, time_decay_before, time_decay_reached)) as bigint
    ) as time_decay_value,
    cast(
        sum(share_between(value_units, shapley_before, shapley_reached)) as bigint
    ) as shapley_value
from shared
group by slice_set, customer_code, channel_code
