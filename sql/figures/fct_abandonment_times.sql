-- Attempts of the customers in the slice and how long they lasted: rows of
-- fct_attempts, from opened_at to known_at, or to the watermark.
-- key: attempt_kind, persona, segment, segment_value, cause, seconds
--
-- at_risk  rows that lasted at least so long
-- ended    rows with the cause that lasted at most so long; in_progress: 0

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'customer'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

lasted as (

    select
        fct_attempts.cause,
        (
            epoch_us(
                coalesce(fct_attempts.known_at, cast(meta_run.value as timestamptz))
            ) - epoch_us(fct_attempts.opened_at)
        ) / 1000000 as seconds
    from fct_attempts
    inner join meta_run on meta_run.name = 'as_of'
    where
        fct_attempts.customer_id in (select slice.unit_id from slice)
        and fct_attempts.attempt_kind = $attempt_kind

)

select
    count(*) filter (where seconds >= $seconds) as at_risk,
    count(*) filter (
        where seconds <= $seconds and cause = $cause and cause <> 'in_progress'
    ) as ended
from lasted
