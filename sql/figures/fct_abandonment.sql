-- Attempts of the customers in the slice: rows of fct_attempts.
-- key: attempt_kind, persona, segment, segment_value, cause
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
        count(recovered) as recoverable,
        count(*) filter (where recovered) as recovered,
        count(*) filter (where recovered_converted) as recovered_converted
    from fct_attempts
    where
        customer_id in (select slice.unit_id from slice)
        and attempt_kind = $attempt_kind
        and cause = $cause

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
