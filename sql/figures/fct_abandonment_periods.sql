-- Attempts of the customers in the slice that were opened in the month: rows of
-- fct_attempts.
-- key: attempt_kind, period, persona, segment, segment_value, cause
--
-- attempts             rows with the cause
-- recoverable          of those, with `recovered` known
-- recovered            of those, recovered
-- recovered_converted  of those, recovered_converted
-- recovery_rate        recovered / recoverable
-- recovery_rate_low    its 95 % Wilson interval
-- recovery_rate_high   its 95 % Wilson interval

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'customer'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

counted as (

    select
        count(*) as attempts,
        count(fct_attempts.recovered) as recoverable,
        count(*) filter (where fct_attempts.recovered) as recovered,
        count(*) filter (where fct_attempts.recovered_converted) as recovered_converted
    from fct_attempts
    inner join meta_run on meta_run.name = 'timezone'
    where
        fct_attempts.customer_id in (select slice.unit_id from slice)
        and fct_attempts.attempt_kind = $attempt_kind
        and fct_attempts.cause = $cause
        and strftime(
            date_trunc('month', timezone(meta_run.value, fct_attempts.opened_at)),
            '%Y-%m-%d'
        ) = $period

)

select
    attempts,
    recoverable,
    recovered,
    recovered_converted,
    recovered / nullif(recoverable, 0) as recovery_rate,
    wilson_low(recovered, recoverable) as recovery_rate_low,
    wilson_high(recovered, recoverable) as recovery_rate_high
from counted
