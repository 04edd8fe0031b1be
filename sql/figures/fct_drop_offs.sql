-- Units of fct_funnel_units that entered in the period and reached the step, in the
-- slice; what they did next is the first own event after `last_step_at` in fct_events.
-- key: funnel, period, persona, segment, segment_value, step_index
--
-- reached                 rows with `depth` at the step or beyond
-- in_progress             rows with `depth` at the step and state in_progress
-- dropped                 rows with `depth` at the step and state dropped
-- at_risk                 rows with `depth_mature` at the step or beyond
-- dropped_at_risk         rows with `depth_mature` at the step
-- drop_rate               dropped_at_risk / at_risk
-- drop_rate_low           its 95 % Wilson interval
-- drop_rate_high          its 95 % Wilson interval
-- expected_rate           drop_rate of the same slice in the month before, if 30 were
--                         at risk; else of all other units of all months
-- excess                  dropped_at_risk - expected_rate * at_risk
-- value_lost              excess * [journey] value, or where the project file has none,
--                         the mean goal_amount of fct_journeys
-- went_on                 of the dropped, next event within the window on the same
--                         channel
-- changed_channel         of the dropped, next event within it on another channel
-- fell_silent             of the dropped, no own event within it
-- went_to_support         of the dropped, an own event in a support system within it
-- median_silence_seconds  the least time to the next own event, else to the watermark,
--                         that half of the dropped do not exceed

with units as (

    select
        *,
        $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value) as is_sliced,
        cast(entry_month as varchar) as month
    from fct_funnel_units
    where funnel = $funnel

),

counted as (

    select
        count(*) filter (where depth >= $step_index) as reached,
        count(*) filter (where depth = $step_index and state = 'in_progress')
            as in_progress,
        count(*) filter (where depth = $step_index and state = 'dropped') as dropped,
        count(*) filter (where depth_mature >= $step_index) as at_risk,
        count(*) filter (where depth_mature = $step_index) as dropped_at_risk
    from units
    where is_sliced and $period in ('all', month)

),

before as (

    select
        count(*) filter (where depth_mature >= $step_index) as at_risk,
        count(*) filter (where depth_mature = $step_index) as dropped
    from units
    where
        is_sliced
        and month = strftime(
            try_cast($period as date) - interval 1 month, '%Y-%m-%d'
        )

),

rest as (

    select
        count(*) filter (where depth_mature >= $step_index) as at_risk,
        count(*) filter (where depth_mature = $step_index) as dropped
    from units
    where not (is_sliced and $period in ('all', month))

),

compared as (

    select
        counted.*,
        case
            when before.at_risk >= 30 then before.dropped / before.at_risk
            else rest.dropped / nullif(rest.at_risk, 0)
        end as expected_rate
    from counted
    cross join before
    cross join rest

),

dropped as (

    select
        row_number() over () as place,
        units.customer_id,
        units.last_step_at,
        meta_funnels.window_seconds,
        meta_funnels.activities
    from units
    inner join meta_funnels
        on
            units.funnel = meta_funnels.funnel
            and units.depth = meta_funnels.step_index
    where
        units.is_sliced
        and $period in ('all', units.month)
        and units.depth = $step_index
        and units.state = 'dropped'

),

lasts as (

    -- The event that brought them to the step: the last of its activities at that time.
    select
        dropped.*,
        arg_max(fct_events.channel, fct_events.event_index) as channel,
        max(fct_events.event_index) as event_index
    from dropped
    inner join fct_events
        on
            dropped.customer_id = fct_events.customer_id
            and dropped.last_step_at = fct_events.occurred_at
            and list_contains(dropped.activities, fct_events.activity)
    group by all

),

following as (

    select
        lasts.place,
        any_value(lasts.channel) as channel,
        any_value(lasts.window_seconds) as window_seconds,
        any_value(lasts.last_step_at) as last_step_at,
        min(fct_events.occurred_at) as next_at,
        arg_min(fct_events.channel, fct_events.event_index) as next_channel,
        bool_or(
            fct_events.source_system = 'support'
            and fct_events.occurred_at
            <= lasts.last_step_at + to_seconds(lasts.window_seconds)
        ) as went_to_support
    from lasts
    left join fct_events
        on
            lasts.customer_id = fct_events.customer_id
            and fct_events.actor = 'customer'
            and lasts.event_index < fct_events.event_index
    group by lasts.place

),

timed as (

    select
        *,
        coalesce(next_at <= last_step_at + to_seconds(window_seconds), false)
            as is_in_time,
        epoch_us(coalesce(next_at, (
            select cast(meta_run.value as timestamptz)
            from meta_run
            where meta_run.name = 'as_of'
        ))) - epoch_us(last_step_at) as silence_us
    from following

),

behaviour as (

    select
        count(*) filter (where is_in_time and next_channel = channel) as went_on,
        count(*) filter (where is_in_time and next_channel <> channel)
            as changed_channel,
        count(*) filter (where not is_in_time) as fell_silent,
        count(*) filter (where went_to_support) as went_to_support,
        quantile_disc(silence_us, 0.5) as silence_us
    from timed

),

conversion_value as (

    select
        coalesce(
            (
                select max(cast(meta_run.value as double))
                from meta_run
                where meta_run.name = 'value_per_conversion'
            ),
            cast(sum(goal_amount) as double) / nullif(count(goal_amount), 0)
        ) as value
    from fct_journeys
    where outcome = 'converted' and journey_kind = 'main'

)

select
    compared.reached,
    compared.in_progress,
    compared.dropped,
    compared.at_risk,
    compared.dropped_at_risk,
    compared.dropped_at_risk / nullif(compared.at_risk, 0) as drop_rate,
    wilson_low(compared.dropped_at_risk, compared.at_risk) as drop_rate_low,
    wilson_high(compared.dropped_at_risk, compared.at_risk) as drop_rate_high,
    compared.expected_rate,
    compared.dropped_at_risk - compared.expected_rate * compared.at_risk as excess,
    (compared.dropped_at_risk - compared.expected_rate * compared.at_risk)
    * conversion_value.value
        as value_lost,
    behaviour.went_on,
    behaviour.changed_channel,
    behaviour.fell_silent,
    behaviour.went_to_support,
    behaviour.silence_us / 1000000 as median_silence_seconds
from compared
cross join behaviour
cross join conversion_value
