-- The calendar months of the log, in the project's zone.
-- key: period
--
-- period        first day
-- period_index  position, from 1
-- started_us    its first moment, in microseconds since 1970
-- ended_us      the first moment after it

with bounds as (

    select
        cast(date_trunc('month', timezone($zone, min(first_at))) as date)
            as first_month,
        cast(date_trunc('month', timezone($zone, $as_of)) as date) as last_month
    from int_customers

),

months as (

    select
        cast(
            unnest(range(first_month, last_month + interval 1 month, interval 1 month))
            as date
        ) as period
    from bounds

)

select
    period,
    row_number() over (order by period) as period_index,
    epoch_us(timezone($zone, cast(period as timestamp))) as started_us,
    epoch_us(timezone($zone, cast(period as timestamp) + interval 1 month)) as ended_us
from months
where epoch_us(timezone($zone, cast(period as timestamp))) < $as_of_us
order by period
