-- Spells of the customers in the slice, month by month: rows of fct_spells. Of `all`,
-- the months are added up.
-- key: period, persona, segment, segment_value
--
-- at_risk       spells that began before the month and were last active in it or later
-- churned       of those, last active in it, and known to be over
-- active        of those, last active after it
-- undetermined  the others at risk
-- resurrected   spells of former customers that began in it
-- settled       at_risk of months that ended the whole churn horizon ago
-- churn_rate    churned / at_risk, of such months

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'customer'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

settings as (

    select
        max(value) filter (where name = 'timezone') as zone,
        max(value) filter (where name = 'churn_kind') = 'contractual' as is_contractual,
        cast(max(value) filter (where name = 'as_of') as timestamptz) as as_of,
        to_seconds(
            cast(max(value) filter (where name = 'churn_horizon_seconds') as bigint)
        ) as horizon
    from meta_run

),

first_events as (
    select min(occurred_at) as first_at
    from fct_events
),

series as (

    select
        settings.*,
        unnest(
            generate_series(
                date_trunc('month', timezone(settings.zone, first_events.first_at)),
                timezone(settings.zone, settings.as_of),
                interval 1 month
            )
        ) as month
    from settings
    cross join first_events

),

months as (

    select
        *,
        timezone(zone, month) as began_at,
        timezone(zone, month + interval 1 month) as over_at
    from series
    where
        timezone(zone, month) < as_of
        and $period in ('all', strftime(month, '%Y-%m-%d'))

),

monthly as (

    select
        fct_spells.last_active_at < months.over_at as is_last,
        fct_spells.started_at < months.began_at
        or (months.is_contractual and fct_spells.started_at = months.began_at)
            as is_open,
        fct_spells.started_at >= months.began_at and fct_spells.is_resurrection
            as is_return,
        fct_spells.known_at is not null as is_known,
        months.over_at - interval 1 microsecond + months.horizon <= months.as_of
            as is_settled
    from months
    inner join fct_spells
        on
            months.over_at > fct_spells.started_at
            and (
                fct_spells.last_active_at is null
                or months.began_at <= fct_spells.last_active_at
            )

    where fct_spells.customer_id in (select slice.unit_id from slice)

)

select
    count(*) filter (where is_open) as at_risk,
    count(*) filter (where is_open and is_last and is_known) as churned,
    count(*) filter (where is_open and is_last is not true) as active,
    count(*) filter (where is_open and is_last and not is_known) as undetermined,
    count(*) filter (where is_return) as resurrected,
    count(*) filter (where is_open and is_settled) as settled,
    count(*) filter (where is_open and is_settled and is_last)
    / nullif(count(*) filter (where is_open and is_settled), 0) as churn_rate
from monthly
