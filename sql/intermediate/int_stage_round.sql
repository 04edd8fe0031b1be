-- Stages per slice of one segment, $segment; run once per segment, because the times of
-- all slices at once do not fit in memory.
-- key: persona, segment, segment_value, stage_index
--
-- persona        `all`, or the persona
-- segment        $segment
-- segment_value  its value
-- stage_index    position of the stage, from 1; 0 for none
-- journeys       journeys that entered it
-- customers      customers with such a journey
-- events         steps in it
-- visits         stays in it
-- open_stays     of those, not over: the journey is in progress
-- time_us        time of all stays, in microseconds
-- over_us        of that, in journeys whose stays in it are all over
-- p50_us         median time of those journeys in it
-- p90_us         time that nine in ten of them do not exceed
-- settled        journeys not in progress that entered it
-- stuck          of those, journeys that no later stage followed

with entered as (

    select
        int_slices.persona,
        int_slices.segment_value,
        int_journey_stages.*
    from int_journey_stages
    inner join int_slices on int_journey_stages.slice_set = int_slices.slice_set
    where int_slices.segment = $segment and int_slices.persona <> 'all'

),

counted as (

    select
        coalesce(persona, 'all') as persona,
        segment_value,
        stage_index,
        count(*) as journeys,
        cast(sum(events) as bigint) as events,
        cast(sum(visits) as bigint) as visits,
        count(*) filter (where is_open) as open_stays,
        cast(sum(time_us) as bigint) as time_us,
        cast(coalesce(sum(time_us) filter (where not is_open), 0) as bigint) as over_us,
        quantile_disc(time_us, [0.5, 0.9]) filter (where not is_open) as quantiles_us,
        count(*) filter (where is_settled) as settled,
        count(*) filter (where is_settled and not has_later) as stuck
    from entered
    group by grouping sets (
        (persona, segment_value, stage_index),
        (segment_value, stage_index)
    )

),

visitors as (

    select distinct
        persona,
        segment_value,
        stage_index,
        customer_code
    from entered

),

customers as (

    -- A customer has one persona, so `all` counts nobody twice.
    select
        coalesce(persona, 'all') as persona,
        segment_value,
        stage_index,
        count(*) as customers
    from visitors
    group by grouping sets (
        (persona, segment_value, stage_index),
        (segment_value, stage_index)
    )

)

select
    counted.persona,
    cast($segment as varchar) as segment,
    counted.segment_value,
    counted.stage_index,
    counted.journeys,
    customers.customers,
    counted.events,
    counted.visits,
    counted.open_stays,
    counted.time_us,
    counted.over_us,
    counted.quantiles_us[1] as p50_us,
    counted.quantiles_us[2] as p90_us,
    counted.settled,
    counted.stuck
from counted
inner join customers
    on
        counted.persona = customers.persona
        and counted.segment_value = customers.segment_value
        and counted.stage_index = customers.stage_index
