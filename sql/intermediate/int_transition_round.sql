-- Transitions per slice of one segment, $segment; run once per segment, because waiting
-- times of all slices at once do not fit in memory.
-- key: persona, segment, segment_value, activity_code, next_activity_code
--
-- persona             `all`, or the persona
-- segment             $segment
-- segment_value       its value
-- activity_code       what happened first
-- next_activity_code  what happened next in the same journey
-- transitions         how often
-- customers           customers with it
-- wait_us             sum of the waiting times, in microseconds
-- p50_us              median waiting time
-- p90_us              waiting time that nine in ten do not exceed

with pairs as (

    select
        int_slices.persona,
        int_slices.segment_value,
        int_steps.activity_code,
        int_steps.next_activity_code,
        int_steps.customer_code,
        int_steps.wait_us
    from int_steps
    inner join int_slices on int_steps.slice_set = int_slices.slice_set
    where
        int_steps.next_activity_code is not null
        and int_slices.segment = $segment
        and int_slices.persona <> 'all'

),

waits as (

    select
        coalesce(persona, 'all') as persona,
        segment_value,
        activity_code,
        next_activity_code,
        count(*) as transitions,
        cast(sum(wait_us) as bigint) as wait_us,
        quantile_disc(wait_us, [0.5, 0.9]) as quantiles_us
    from pairs
    group by grouping sets (
        (persona, segment_value, activity_code, next_activity_code),
        (segment_value, activity_code, next_activity_code)
    )

),

takers as (

    select distinct
        persona,
        segment_value,
        activity_code,
        next_activity_code,
        customer_code
    from pairs

),

customers as (

    -- A customer has one persona, so `all` counts nobody twice.
    select
        coalesce(persona, 'all') as persona,
        segment_value,
        activity_code,
        next_activity_code,
        count(*) as customers
    from takers
    group by grouping sets (
        (persona, segment_value, activity_code, next_activity_code),
        (segment_value, activity_code, next_activity_code)
    )

)

select
    waits.persona,
    cast($segment as varchar) as segment,
    waits.segment_value,
    waits.activity_code,
    waits.next_activity_code,
    waits.transitions,
    customers.customers,
    waits.wait_us,
    waits.quantiles_us[1] as p50_us,
    waits.quantiles_us[2] as p90_us
from waits
inner join customers
    on
        waits.persona = customers.persona
        and waits.segment_value = customers.segment_value
        and waits.activity_code = customers.activity_code
        and waits.next_activity_code = customers.next_activity_code
