-- Journeys per slice that follow a named pattern of the project, and how they end
-- beside those that do not.
-- key: pattern, persona, segment, segment_value
--
-- pattern                       name of the pattern
-- persona                       `all`, or the persona
-- segment                       `all`, or the segment
-- segment_value                 `all`, or its value
-- definition                    the pattern, in the path language
-- journeys                      journeys that follow it
-- share                         of the slice's journeys
-- customers                     customers with such a journey
-- converted                     of those journeys, converted
-- exited                        of those journeys, exited
-- abandoned                     of those journeys, abandoned
-- in_progress                   of those journeys, in progress
-- conversion_rate               converted share of those journeys that have ended
-- conversion_rate_low           low end of its 95 % interval over customers
-- conversion_rate_high          high end
-- conversion_rate_without       the same of the slice's other journeys
-- conversion_rate_without_low   low end of its 95 % interval over customers
-- conversion_rate_without_high  high end
-- unknown_activities            activities it names that no event has; null if none

with judged as (

    select
        cfg_patterns.pattern,
        int_slices.slice_code,
        int_unit_slices.customer_code,
        int_journeys.outcome,
        py_pattern_matches.path is not null as is_found
    from int_pattern_paths
    cross join cfg_patterns
    inner join int_journeys
        on int_pattern_paths.journey_code = int_journeys.journey_code
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_pattern_paths.journey_code = int_unit_slices.unit_code
    inner join int_slices
        on
            int_unit_slices.slice_set = int_slices.slice_set
            and int_slices.persona <> 'all'
    left join py_pattern_matches
        on
            cfg_patterns.pattern = py_pattern_matches.pattern
            and int_pattern_paths.path = py_pattern_matches.path

),

per_customer as (

    select
        pattern,
        slice_code,
        customer_code,
        is_found,
        count(*) as journeys,
        count(case when outcome = 'converted' then 1 end) as converted,
        count(case when outcome = 'exited' then 1 end) as exited,
        count(case when outcome = 'abandoned' then 1 end) as abandoned,
        count(case when outcome = 'in_progress' then 1 end) as in_progress,
        count(case when outcome <> 'in_progress' then 1 end) as ended
    from judged
    group by pattern, slice_code, customer_code, is_found

),

slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        slice_code,
        unnest(['all', persona]) as persona,
        segment,
        segment_value
    from int_slices
    where persona <> 'all'

),

summed as (

    select
        per_customer.pattern,
        slices.persona,
        slices.segment,
        slices.segment_value,
        per_customer.is_found,
        cast(sum(per_customer.journeys) as bigint) as journeys,
        count(*) as customers,
        cast(sum(per_customer.converted) as bigint) as converted,
        cast(sum(per_customer.exited) as bigint) as exited,
        cast(sum(per_customer.abandoned) as bigint) as abandoned,
        cast(sum(per_customer.in_progress) as bigint) as in_progress,
        cast(sum(per_customer.ended) as bigint) as ended,
        count(case when per_customer.ended > 0 then 1 end) as ended_customers,
        cast(sum(per_customer.converted * per_customer.converted) as bigint)
            as converted_converted,
        cast(sum(per_customer.converted * per_customer.ended) as bigint)
            as converted_ended,
        cast(sum(per_customer.ended * per_customer.ended) as bigint) as ended_ended
    from per_customer
    inner join slices on per_customer.slice_code = slices.slice_code
    group by
        per_customer.pattern,
        slices.persona,
        slices.segment,
        slices.segment_value,
        per_customer.is_found

),

weighed as (

    select
        *,
        converted / nullif(ended, 0) as rate,
        effective_units(
            converted,
            ended,
            ended_customers,
            converted_converted,
            converted_ended,
            ended_ended
        ) as units
    from summed

),

paired as (

    select
        pattern,
        persona,
        segment,
        segment_value,
        coalesce(sum(journeys) filter (where is_found), 0) as journeys,
        sum(journeys) as all_journeys,
        coalesce(sum(customers) filter (where is_found), 0) as customers,
        coalesce(sum(converted) filter (where is_found), 0) as converted,
        coalesce(sum(exited) filter (where is_found), 0) as exited,
        coalesce(sum(abandoned) filter (where is_found), 0) as abandoned,
        coalesce(sum(in_progress) filter (where is_found), 0) as in_progress,
        -- One row each: the rate of those who follow it, and of those who do not.
        max(rate) filter (where is_found) as rate,
        max(units) filter (where is_found) as units,
        max(rate) filter (where not is_found) as other_rate,
        max(units) filter (where not is_found) as other_units
    from weighed
    group by pattern, persona, segment, segment_value

),

unknown as (

    select
        cfg_pattern_activities.pattern,
        string_agg(
            cfg_pattern_activities.activity, ', '
            order by cfg_pattern_activities.activity
        ) as activities
    from cfg_pattern_activities
    left join int_activities
        on cfg_pattern_activities.activity = int_activities.activity
    where int_activities.activity is null
    group by cfg_pattern_activities.pattern

)

select
    paired.pattern,
    paired.persona,
    paired.segment,
    paired.segment_value,
    cfg_patterns.definition,
    cast(paired.journeys as bigint) as journeys,
    cast(paired.journeys as bigint) / nullif(cast(paired.all_journeys as bigint), 0)
        as share,
    cast(paired.customers as bigint) as customers,
    cast(paired.converted as bigint) as converted,
    cast(paired.exited as bigint) as exited,
    cast(paired.abandoned as bigint) as abandoned,
    cast(paired.in_progress as bigint) as in_progress,
    paired.rate as conversion_rate,
    wilson_low(paired.rate * paired.units, paired.units) as conversion_rate_low,
    wilson_high(paired.rate * paired.units, paired.units) as conversion_rate_high,
    paired.other_rate as conversion_rate_without,
    wilson_low(paired.other_rate * paired.other_units, paired.other_units)
        as conversion_rate_without_low,
    wilson_high(paired.other_rate * paired.other_units, paired.other_units)
        as conversion_rate_without_high,
    unknown.activities as unknown_activities
from paired
inner join cfg_patterns on paired.pattern = cfg_patterns.pattern
left join unknown on paired.pattern = unknown.pattern
order by
    paired.pattern, paired.persona, paired.segment, paired.segment_value
