-- The touches of each main journey in order; a journey without any has one row, of the
-- channel (none).
-- key: journey_code, touch_index
--
-- journey_code   number of the journey
-- touch_index    position of the touch in the journey, from 1
-- touches        touches of the journey
-- channel_code   number of the channel in int_touch_channels
-- before_us      time from it to the goal, else to the end of the journey, in
--                microseconds
-- customer_code  number of the journey's customer
-- slice_set      combination of values that slices the journey
-- is_converted   whether the journey is converted
-- is_open        whether it is in progress
-- value_units    money of a conversion in 1/10,000: [journey] value, or of its goal, or
--                the mean of all goals where its own states none; null if none does

with mean_values as (

    select
        cast(
            round(cast(sum(goal_amount) * 10000 as double) / count(goal_amount))
            as bigint
        ) as mean_units
    from int_journeys
    where outcome = 'converted' and journey_kind = 'main'

)

select
    int_journeys.journey_code,
    row_number() over journey as touch_index,
    count(int_touches.event_number) over (
        partition by int_journeys.journey_code
    ) as touches,
    int_touch_channels.channel_code,
    int_touches.before_us,
    int_journeys.customer_code,
    int_unit_slices.slice_set,
    int_journeys.outcome = 'converted' as is_converted,
    int_journeys.outcome = 'in_progress' as is_open,
    case
        when int_journeys.outcome = 'converted'
            then coalesce(
                cast(round($value_per_conversion * 10000) as bigint),
                cast(int_journeys.goal_amount * 10000 as bigint),
                mean_values.mean_units
            )
    end as value_units
from int_journeys
cross join mean_values
cross join cfg_attribution
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and int_journeys.journey_code = int_unit_slices.unit_code
left join int_touches on int_journeys.journey_code = int_touches.journey_code
inner join int_touch_channels
    on coalesce(int_touches.channel, '(none)') = int_touch_channels.channel
where int_journeys.journey_kind = 'main'
window
    journey as (
        partition by int_journeys.journey_code order by int_touches.event_number
    )
order by int_journeys.journey_code, touch_index
