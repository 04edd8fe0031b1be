-- Customers of the slice by the day of their birth, and in which of their own periods
-- since then they did something: fct_events, their own.
-- key: cohort, persona, segment, segment_value, period_index
--
-- customers            customers born in the cohort
-- active               of those, with an own event in that period after the birth
-- active_or_later      of those, with one in that period or a later one
-- at_risk              of those, whose period has ended at the watermark
-- at_risk_active       of those at risk, active
-- retention_rate       active / customers
-- retention_rate_low   its 95 % Wilson interval
-- retention_rate_high  its 95 % Wilson interval
-- unbounded_rate       active_or_later / customers
-- unbounded_rate_low   its 95 % Wilson interval
-- unbounded_rate_high  its 95 % Wilson interval
-- at_risk_rate         at_risk_active / at_risk
-- at_risk_rate_low     its 95 % Wilson interval
-- at_risk_rate_high    its 95 % Wilson interval

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
        max(value) filter (where name = 'retention_period') as period,
        case max(value) filter (where name = 'retention_period')
            when 'week' then 7
            else 30
        end * 86400000000 as period_us,
        max(value) filter (where name = 'retention_cohort') as births,
        max(value) filter (where name = 'retention_returns') as returns,
        epoch_us(cast(max(value) filter (where name = 'as_of') as timestamptz))
            as as_of_us
    from meta_run

),

own as (

    select
        fct_events.customer_id,
        fct_events.event_index,
        epoch_us(fct_events.occurred_at) as occurred_us,
        settings.births = 'any own event'
        or list_contains(string_split(settings.births, ' or '), fct_events.activity)
            as is_birth,
        settings.returns = 'any own event'
        or list_contains(string_split(settings.returns, ' or '), fct_events.activity)
            as is_return
    from fct_events
    cross join settings
    where
        fct_events.customer_id in (select slice.unit_id from slice)
        and fct_events.actor = 'customer'

),

births as (

    select
        own.customer_id,
        min(own.occurred_us) as birth_us,
        min(own.event_index) as birth_index
    from own
    cross join settings
    where own.is_birth
    group by own.customer_id
    having
        strftime(
            date_trunc(
                any_value(settings.period),
                timezone(
                    any_value(settings.zone), make_timestamptz(min(own.occurred_us))
                )
            ),
            '%Y-%m-%d'
        ) = cast($cohort as varchar)

),

customers as (

    select
        births.customer_id,
        coalesce(
            bool_or(
                (own.occurred_us - births.birth_us) // settings.period_us
                = $period_index
            ),
            false
        ) as is_active,
        coalesce(
            bool_or(
                (own.occurred_us - births.birth_us) // settings.period_us
                >= $period_index
            ),
            false
        ) as is_active_or_later,
        any_value(
            (settings.as_of_us - births.birth_us) // settings.period_us > $period_index
        ) as is_at_risk
    from births
    cross join settings
    left join own
        on
            births.customer_id = own.customer_id
            and own.is_return
            and births.birth_index <> own.event_index
            and births.birth_us <= own.occurred_us
    group by births.customer_id

),

counted as (

    select
        count(*) as customers,
        count(*) filter (where is_active) as active,
        count(*) filter (where is_active_or_later) as active_or_later,
        count(*) filter (where is_at_risk) as at_risk,
        count(*) filter (where is_at_risk and is_active) as at_risk_active
    from customers

)

select
    customers,
    active,
    active_or_later,
    at_risk,
    at_risk_active,
    active / nullif(customers, 0) as retention_rate,
    wilson_low(active, customers) as retention_rate_low,
    wilson_high(active, customers) as retention_rate_high,
    active_or_later / nullif(customers, 0) as unbounded_rate,
    wilson_low(active_or_later, customers) as unbounded_rate_low,
    wilson_high(active_or_later, customers) as unbounded_rate_high,
    at_risk_active / nullif(at_risk, 0) as at_risk_rate,
    wilson_low(at_risk_active, at_risk) as at_risk_rate_low,
    wilson_high(at_risk_active, at_risk) as at_risk_rate_high
from counted
