-- Paths of channels to a conversion or to none, per persona: the 1,000 most frequent,
-- and the rest as `$other`. Empty without [attribution].
-- key: persona, path
--
-- persona               `all`, or the persona
-- path_index            place in the persona, from 1, the most frequent first
-- path                  channels of the touches in order, joined by ` > `; several
--                       touches in a row on a channel are one. (none) without a touch
-- journeys              journeys that ended, with the path
-- conversions           of those, converted
-- in_progress           journeys in progress with the path so far: no failures
-- conversion_rate       conversions / journeys
-- conversion_rate_low   its 95 % Wilson interval
-- conversion_rate_high  its 95 % Wilson interval
-- value                 money of the conversions, in the project's currency; null if
--                       no goal states any
-- mean_touches          mean touches of these journeys, in progress included
-- median_days           median time from the first touch to the goal; null without one

with channels as (

    select distinct
        channel_code,
        credited_as
    from int_touch_channels

),

stepped as (

    select
        int_attributed_journeys.*,
        channels.credited_as as channel,
        int_attributed_journeys.channel_code = lag(
            int_attributed_journeys.channel_code, 1, -1
        ) over (
            partition by int_attributed_journeys.journey_code
            order by int_attributed_journeys.touch_index
        ) as is_again
    from int_attributed_journeys
    inner join channels on int_attributed_journeys.channel_code = channels.channel_code

),

followed as (

    select
        journey_code,
        any_value(slice_set) as slice_set,
        any_value(is_open) as is_open,
        any_value(is_converted) as is_converted,
        any_value(value_units) as value_units,
        any_value(touches) as touches,
        max(before_us) filter (where is_converted) as before_us,
        string_agg(channel, ' > ' order by touch_index) filter (where not is_again)
            as path
    from stepped
    group by journey_code

),

counted as (

    select
        int_slices.persona,
        followed.path,
        count(*) filter (where not followed.is_open) as journeys,
        count(*) filter (where followed.is_converted) as conversions,
        count(*) filter (where followed.is_open) as in_progress,
        cast(sum(followed.value_units) as bigint) as value_units,
        cast(sum(followed.touches) as bigint) as touches,
        quantile_disc(followed.before_us, 0.5) as before_us
    from followed
    inner join int_slices
        on
            followed.slice_set = int_slices.slice_set
            and int_slices.segment = 'all'
    group by int_slices.persona, followed.path

),

placed as (

    select
        *,
        least(
            row_number() over (
                partition by persona
                order by journeys desc, conversions desc, in_progress desc, path asc
            ),
            1001
        ) as path_index
    from counted

),

folded as (

    select
        persona,
        path_index,
        case when path_index <= 1000 then any_value(path) else '$other' end as path,
        cast(sum(journeys) as bigint) as journeys,
        cast(sum(conversions) as bigint) as conversions,
        cast(sum(in_progress) as bigint) as in_progress,
        cast(sum(value_units) as bigint) as value_units,
        cast(sum(touches) as bigint) as touches,
        case when path_index <= 1000 then any_value(before_us) end as before_us
    from placed
    group by persona, path_index

)

select
    persona,
    path_index,
    path,
    journeys,
    conversions,
    in_progress,
    conversions / nullif(journeys, 0) as conversion_rate,
    wilson_low(conversions, journeys) as conversion_rate_low,
    wilson_high(conversions, journeys) as conversion_rate_high,
    case
        when conversions = 0 then 0
        else cast(value_units * cast(0.0001 as decimal(5, 4)) as decimal(18, 4))
    end as value,
    touches / (journeys + in_progress) as mean_touches,
    before_us / 86400000000 as median_days
from folded
order by persona, path_index
