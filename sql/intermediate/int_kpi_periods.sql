-- The periods that metrics are told by: months, weeks from Monday, the whole, and the
-- two spans of each comparison of times.
-- key: period_code
--
-- period_code    number of the period
-- period_kind    month, week, comparison or all
-- period         first day of a month or week; of a comparison its name; `all`
-- label          what to call it: of a span as the project file has it
-- first_day      first day, in the project's zone; null for spans and the whole
-- started_us     its first moment, in microseconds since 1970
-- ended_us       the first moment after it
-- days           its length
-- previous_code  period that it is compared with: the one before; null without
-- is_whole       whether it began with the data or later, and has ended at $as_of
-- is_settled     whether the churn horizon after it is over too

with bounds as (

    select
        min(epoch_us(first_at)) as first_us,
        epoch_us(timezone($zone, date_trunc('day', timezone($zone, min(first_at)))))
            as first_day_us,
        cast(date_trunc('week', timezone($zone, min(first_at))) as date) as first_week,
        cast(timezone($zone, $as_of) as date) as last_day
    from int_customers

),

weeks as (

    select
        'week' as period_kind,
        cast(
            unnest(range(first_week, last_day + interval 1 day, interval 1 week))
            as date
        ) as first_day
    from bounds

),

calendar as (

    select
        period_kind,
        first_day,
        epoch_us(timezone($zone, cast(first_day as timestamp))) as started_us,
        epoch_us(timezone($zone, first_day + interval 1 week)) as ended_us,
        7 as days
    from weeks
    union all
    select
        'month' as period_kind,
        period as first_day,
        started_us,
        ended_us,
        day(last_day(period)) as days
    from int_periods

),

spans as (

    -- A span without a beginning or an end has those of the data.
    select
        cfg_comparisons.comparison,
        cfg_compared_sides.side,
        case cfg_compared_sides.side
            when 'a' then cfg_comparisons.label_a else cfg_comparisons.label_b
        end as label,
        greatest(cfg_compared_sides.from_us, bounds.first_us) as started_us,
        least(cfg_compared_sides.until_us, $as_of_us + 1) as ended_us,
        cfg_compared_sides.until_us
    from cfg_compared_sides
    inner join cfg_comparisons
        on cfg_compared_sides.comparison_index = cfg_comparisons.comparison_index
    cross join bounds
    where cfg_compared_sides.segment is null

),

periods as (

    select
        calendar.period_kind,
        cast(calendar.first_day as varchar) as period,
        cast(calendar.first_day as varchar) as label,
        calendar.first_day,
        calendar.started_us,
        calendar.ended_us,
        cast(calendar.days as double) as days,
        'b' as side,
        calendar.started_us >= bounds.first_day_us
        and calendar.ended_us <= $as_of_us + 1 as is_whole
    from calendar
    cross join bounds
    union all
    select
        'comparison' as period_kind,
        comparison as period,
        label,
        null as first_day,
        started_us,
        ended_us,
        (ended_us - started_us) / 86400000000 as days,
        side,
        until_us <= $as_of_us + 1 or until_us >= 4611686018427387904 as is_whole
    from spans
    where started_us < ended_us
    union all
    select
        'all' as period_kind,
        'all' as period,
        'all' as label,
        null as first_day,
        first_us as started_us,
        $as_of_us + 1 as ended_us,
        ($as_of_us + 1 - first_us) / 86400000000 as days,
        'b' as side,
        true as is_whole
    from bounds
    where first_us is not null

),

numbered as (

    select
        *,
        row_number() over (order by period_kind, period, side) as period_code
    from periods

)

select
    period_code,
    period_kind,
    period,
    label,
    first_day,
    started_us,
    ended_us,
    days,
    case
        when period_kind = 'comparison'
            then
                lag(period_code) over (
                    partition by period_kind, period order by side
                )
        when period_kind <> 'all'
            then lag(period_code) over (partition by period_kind order by period)
    end as previous_code,
    is_whole,
    ended_us - 1 + $churn_horizon_us <= $as_of_us as is_settled
from numbered
order by period_code
