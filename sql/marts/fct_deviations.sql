-- Deviations from the expected journey per slice, kind and step: how often, how many
-- journeys, and what becomes of these. Empty without [expected].
-- key: persona, segment, segment_value, expected, kind, step_index
--
-- persona             `all`, or the persona
-- segment             `all`, or the segment
-- segment_value       `all`, or its value
-- expected            the expected journey: a persona's own, else `all`
-- kind                skipped, unfinished, wrong_order, inserted, forbidden, too_late
-- step_index          place of the step; rules and further activities come after it
-- step                what it is about: a step, a rule, an activity, or the journey
-- rule                must, may, before, after, never, other, task (of a BPMN file), or
--                     whole (the journey)
-- deviations          how often
-- journeys            journeys with it
-- customers           customers with such a journey
-- journeys_share      of the slice's journeys judged by this expected journey
-- settled_with        of the settled journeys in which it could be, those with it;
--                     this and all below for segment `all` only, and null for
--                     `unfinished`: who left has left
-- settled_without     those without it
-- conversion_with     share of settled_with that converted
-- conversion_without  share of settled_without that converted
-- effect              conversion_with - conversion_without: what goes with the
--                     deviation, not what it causes
-- effect_low          its 95 % interval, over customers; null with under 5 on a side
-- effect_high         its 95 % interval
-- q_value             chance of such a difference without one, after Benjamini and
--                     Hochberg (1995) over all rows; null where the interval is
-- value_lost          - effect * settled_with * mean value of a conversion; null
--                     without one

with per_set as (

    select
        int_journey_conformance.slice_set,
        int_journey_conformance.expected,
        int_deviations.kind,
        int_deviations.step_index,
        sum(int_deviations.deviations) as deviations,
        count(*) as journeys
    from int_deviations
    inner join int_journey_conformance
        on int_deviations.journey_code = int_journey_conformance.journey_code
    group by all

),

counted as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_set.expected,
        per_set.kind,
        per_set.step_index,
        cast(sum(per_set.deviations) as bigint) as deviations,
        cast(sum(per_set.journeys) as bigint) as journeys
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by all

),

takers as (

    select distinct
        int_expected_journeys.slice_set,
        int_expected_journeys.customer_code,
        int_expected_journeys.expected,
        int_deviations.kind,
        int_deviations.step_index
    from int_deviations
    inner join int_expected_journeys
        on int_deviations.journey_code = int_expected_journeys.journey_code

),

per_slice as (

    select
        any_value(int_slices.persona) as persona,
        any_value(int_slices.segment) as segment,
        any_value(int_slices.segment_value) as segment_value,
        takers.expected,
        takers.kind,
        takers.step_index,
        count(distinct takers.customer_code) as customers
    from takers
    inner join int_slices on takers.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by
        int_slices.slice_code, takers.expected, takers.kind, takers.step_index

),

customers as (

    -- A customer has one persona, so `all` counts nobody twice.
    select
        coalesce(persona, 'all') as persona,
        segment,
        segment_value,
        expected,
        kind,
        step_index,
        cast(sum(customers) as bigint) as customers
    from per_slice
    group by grouping sets (
        (persona, segment, segment_value, expected, kind, step_index),
        (segment, segment_value, expected, kind, step_index)
    )

),

judged_sets as (

    select
        slice_set,
        expected,
        count(cost) as judged
    from int_journey_conformance
    group by slice_set, expected

),

judged as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        judged_sets.expected,
        cast(sum(judged_sets.judged) as bigint) as journeys
    from judged_sets
    inner join int_slices on judged_sets.slice_set = int_slices.slice_set
    group by all

),

conversion_value as (

    select
        coalesce(
            $value_per_conversion,
            cast(sum(goal_amount) as double) / nullif(count(goal_amount), 0)
        ) as value
    from int_journeys
    where outcome = 'converted' and journey_kind = 'main'

),

effects as (

    select
        int_deviation_sums.*,
        py_deviation_effects.effect,
        py_deviation_effects.effect_low,
        py_deviation_effects.effect_high,
        py_deviation_effects.q_value
    from int_deviation_sums
    inner join py_deviation_effects
        on
            int_deviation_sums.persona = py_deviation_effects.persona
            and int_deviation_sums.expected = py_deviation_effects.expected
            and int_deviation_sums.kind = py_deviation_effects.kind
            and int_deviation_sums.step_index = py_deviation_effects.step_index

)

select
    counted.persona,
    counted.segment,
    counted.segment_value,
    counted.expected,
    counted.kind,
    counted.step_index,
    py_expected_steps.step,
    py_expected_steps.rule,
    counted.deviations,
    counted.journeys,
    customers.customers,
    counted.journeys / nullif(judged.journeys, 0) as journeys_share,
    effects.x as settled_with,
    effects.u as settled_without,
    effects.y / nullif(effects.x, 0) as conversion_with,
    effects.v / nullif(effects.u, 0) as conversion_without,
    effects.effect,
    effects.effect_low,
    effects.effect_high,
    effects.q_value,
    (0 - effects.effect) * effects.x * conversion_value.value as value_lost
from counted
cross join conversion_value
inner join py_expected_steps
    on
        counted.expected = py_expected_steps.expected
        and counted.step_index = py_expected_steps.step_index
inner join customers
    on
        counted.persona = customers.persona
        and counted.segment = customers.segment
        and counted.segment_value = customers.segment_value
        and counted.expected = customers.expected
        and counted.kind = customers.kind
        and counted.step_index = customers.step_index
inner join judged
    on
        counted.persona = judged.persona
        and counted.segment = judged.segment
        and counted.segment_value = judged.segment_value
        and counted.expected = judged.expected
left join effects
    on
        counted.persona = effects.persona
        and counted.segment = 'all'
        and counted.expected = effects.expected
        and counted.kind = effects.kind
        and counted.step_index = effects.step_index
order by
    counted.persona,
    counted.segment,
    counted.segment_value,
    counted.expected,
    counted.kind,
    counted.step_index
