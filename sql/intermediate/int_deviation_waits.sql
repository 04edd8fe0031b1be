-- How long journeys took for what their expected journey gives a time limit.
-- key: journey_code, step_index
--
-- journey_code  number of the journey
-- step_index    the step; for the journey as a whole, its place after all steps
-- wait_us       from the event that was matched before to the first one of the step;
--               for the whole, from the first event that is matched to the last
-- is_late       whether it took longer than expected

with limited as (

    select
        py_alignment_steps.variant_code,
        py_alignment_steps.step_index,
        py_alignment_steps.since_place,
        py_alignment_steps.until_place,
        py_expected_steps.within_us
    from py_alignment_steps
    inner join py_alignments
        on py_alignment_steps.variant_code = py_alignments.variant_code
    inner join int_expected_variants
        on py_alignment_steps.variant_code = int_expected_variants.variant_code
    inner join py_expected_steps
        on
            int_expected_variants.expected = py_expected_steps.expected
            and py_alignment_steps.step_index = py_expected_steps.step_index
    where
        py_expected_steps.within_us is not null
        and py_alignment_steps.since_place > 0

),

pairs as (

    select
        int_expected_journeys.journey_code,
        limited.step_index,
        limited.within_us,
        int_expected_paths.event_numbers[limited.since_place] as since_event,
        int_expected_paths.event_numbers[limited.until_place] as until_event
    from limited
    inner join int_expected_journeys
        on limited.variant_code = int_expected_journeys.variant_code
    inner join int_expected_paths
        on int_expected_journeys.journey_code = int_expected_paths.journey_code

)

select
    pairs.journey_code,
    pairs.step_index,
    until_events.occurred_us - since_events.occurred_us as wait_us,
    until_events.occurred_us - since_events.occurred_us > pairs.within_us as is_late
from pairs
inner join int_event_log as since_events
    on pairs.since_event = since_events.event_number
inner join int_event_log as until_events
    on pairs.until_event = until_events.event_number
