-- Transitions and their waiting times per slice of a segment, $segment: of all personas
-- together if $is_whole, else of each. Run once for each, because waiting times of all
-- slices at once do not fit in memory, and two groupings at once take longer.
-- key: slice_code, activity_code, next_activity_code
--
-- slice_code          number of the slice
-- activity_code       what happened first
-- next_activity_code  what happened next in the same journey
-- transitions         how often
-- p50_us              median waiting time, in microseconds
-- p90_us              waiting time that nine in ten do not exceed

with waits as (

    select
        int_slices.slice_code,
        int_steps.activity_code,
        int_steps.next_activity_code,
        count(*) as transitions,
        quantile_disc(int_steps.wait_us, [0.5, 0.9]) as quantiles_us
    from int_steps
    inner join int_slices on int_steps.slice_set = int_slices.slice_set
    where
        int_steps.next_activity_code is not null
        and int_slices.segment = $segment
        and (int_slices.persona = 'all') = $is_whole
    group by
        int_slices.slice_code,
        int_steps.activity_code,
        int_steps.next_activity_code

)

select
    slice_code,
    activity_code,
    next_activity_code,
    transitions,
    quantiles_us[1] as p50_us,
    quantiles_us[2] as p90_us
from waits
