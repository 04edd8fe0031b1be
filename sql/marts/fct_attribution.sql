-- What each channel contributed to the conversions of a slice of journeys, by seven
-- models. In every slice and model `credit` adds up to `conversions`. Empty without
-- [attribution].
-- key: persona, segment, segment_value, model, channel
--
-- persona              `all`, or the persona
-- segment              `all`, or the segment
-- segment_value        `all`, or its value
-- model                first, last, linear, position, time_decay, markov or shapley
-- channel              channel of the touches; (other) for all but the 20 most frequent
--                      and those with a cost; (none) for journeys without any touch
-- credit               conversions that the model gives the channel
-- credit_low           its 95 % interval, over customers; null if fewer than five
--                      conversions have the channel, or all replicates agree
-- credit_high          the same
-- credit_share         credit / conversions
-- conversions          conversions of the slice
-- value                money of the credit, in the project's currency: of [journey]
--                      value, or of the goals; the mean where a goal states none
-- value_low            its 95 % interval
-- value_high           the same
-- touches              touches on the channel, of journeys that ended
-- journeys             journeys that ended, with the channel
-- converted            of those, converted
-- in_progress          journeys in progress with the channel: no failures, left out
-- spend                what the channel cost: in the whole, and per month where
--                      [attribution.costs] tells it by month; else null
-- cost_per_conversion  spend / credit
-- return_on_spend      value / spend

with counted as (

    select
        slice_set,
        channel_code,
        count(*) filter (where touches > 0 and not is_open) as touches,
        count(distinct journey_code) filter (where not is_open) as journeys,
        count(distinct journey_code) filter (where is_converted) as converted,
        count(distinct journey_code) filter (where is_open) as in_progress
    from int_attributed_journeys
    group by slice_set, channel_code

),

sliced as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        counted.channel_code,
        cast(sum(counted.touches) as bigint) as touches,
        cast(sum(counted.journeys) as bigint) as journeys,
        cast(sum(counted.converted) as bigint) as converted,
        cast(sum(counted.in_progress) as bigint) as in_progress
    from counted
    inner join int_slices on counted.slice_set = int_slices.slice_set
    group by
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        counted.channel_code

),

wholes as (

    -- Each combination of values counts once per slice.
    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        count(*) as conversions
    from int_attributed_journeys
    inner join int_slices on int_attributed_journeys.slice_set = int_slices.slice_set
    where
        int_attributed_journeys.is_converted
        and int_attributed_journeys.touch_index = 1
    group by int_slices.persona, int_slices.segment, int_slices.segment_value

),

channels as (

    select distinct
        channel_code,
        credited_as
    from int_touch_channels

),

costs as (

    -- Months add up to the whole.
    select
        channel,
        'all' as segment,
        'all' as segment_value,
        cast(sum(spend) as decimal(18, 4)) as spend
    from cfg_channel_costs
    group by channel
    union all
    select
        channel,
        'month' as segment,
        month as segment_value,
        spend
    from cfg_channel_costs
    where month <> 'all'

),

priced as (

    -- A channel that cost money and touched nobody has its rows, too.
    select
        'all' as persona,
        costs.segment,
        costs.segment_value,
        channels.channel_code,
        costs.spend
    from costs
    inner join channels on costs.channel = channels.credited_as

),

places as (

    select
        persona,
        segment,
        segment_value,
        channel_code
    from sliced
    union
    select
        persona,
        segment,
        segment_value,
        channel_code
    from priced

),

together as (

    select
        places.*,
        coalesce(sliced.touches, 0) as touches,
        coalesce(sliced.journeys, 0) as journeys,
        coalesce(sliced.converted, 0) as converted,
        coalesce(sliced.in_progress, 0) as in_progress,
        priced.spend
    from places
    left join sliced
        on
            places.persona = sliced.persona
            and places.segment = sliced.segment
            and places.segment_value = sliced.segment_value
            and places.channel_code = sliced.channel_code
    left join priced
        on
            places.persona = priced.persona
            and places.segment = priced.segment
            and places.segment_value = priced.segment_value
            and places.channel_code = priced.channel_code

),

credited as (

    select distinct
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        py_attribution.*
    from py_attribution
    inner join int_slices on py_attribution.slice_code = int_slices.slice_code

),

models as (

    select
        unnest(
            ['first', 'last', 'linear', 'position', 'time_decay', 'markov', 'shapley']
        ) as model

),

told as (

    select
        together.*,
        models.model,
        coalesce(wholes.conversions, 0) as conversions,
        cast(
            coalesce(credited.credit_parts, 0)
            * cast(0.000000001 as decimal(10, 9)) as decimal(18, 9)
        ) as credit,
        case
            when credited.credit_parts is null then 0
            else
                cast(
                    credited.value_parts * cast(0.0001 as decimal(5, 4))
                    as decimal(18, 4)
                )
        end as credited_value,
        -- Where all replicates agree, they say nothing of what was never seen.
        together.converted >= 5
        and credited.credit_low < credited.credit_high as has_interval,
        credited.credit_low / 1000000000 as credit_low,
        credited.credit_high / 1000000000 as credit_high,
        credited.value_low / 10000 as value_low,
        credited.value_high / 10000 as value_high
    from together
    cross join models
    left join credited
        on
            together.persona = credited.persona
            and together.segment = credited.segment
            and together.segment_value = credited.segment_value
            and together.channel_code = credited.channel_code
            and models.model = credited.model
    left join wholes
        on
            together.persona = wholes.persona
            and together.segment = wholes.segment
            and together.segment_value = wholes.segment_value

)

select
    told.persona,
    told.segment,
    told.segment_value,
    told.model,
    channels.credited_as as channel,
    told.credit,
    case when told.has_interval then told.credit_low end as credit_low,
    case when told.has_interval then told.credit_high end as credit_high,
    told.credit / nullif(told.conversions, 0) as credit_share,
    told.conversions,
    told.credited_value as value,
    case when told.has_interval then told.value_low end as value_low,
    case when told.has_interval then told.value_high end as value_high,
    told.touches,
    told.journeys,
    told.converted,
    told.in_progress,
    told.spend,
    told.spend / nullif(told.credit, 0) as cost_per_conversion,
    told.credited_value / nullif(told.spend, 0) as return_on_spend
from told
inner join channels on told.channel_code = channels.channel_code
order by
    told.persona,
    told.segment,
    told.segment_value,
    told.model,
    channels.credited_as
