-- Attempts at a funnel that had reached a step and still were there at its landmark,
-- and whether they went on to the next one. Only attempts whose window has ended at
-- $as_of, whatever came of them: of later ones only the quick would be known. Of a
-- unit's attempts the first 20. Empty without [drivers].
-- key: landmark_code
--
-- landmark_code   number of the row, from 1: by funnel, step and unit
-- funnel          name of the funnel
-- step_index      the step that was reached
-- unit_code       number of the unit that the funnel counts
-- attempt_index   position among the unit's attempts, from 1
-- customer_code   number of its customer
-- persona         of the customer, if the watch that it is made from had ended by the
--                 landmark; else `(not yet)`
-- channel         the unit's first-touch channel
-- month           of the entry, in the project's zone
-- since_us        what happened after this time counts, in microseconds since 1970
-- landmark_us     what happened before this time counts
-- landmark_event  the event that reached the step, which counts in any case
-- is_converted    whether the next required step was reached within the window

with steps as (

    select distinct
        funnel,
        step_index,
        previous_index
    from cfg_funnel_steps
    where not is_optional

),

spans as (

    select
        steps.funnel,
        steps.previous_index as step_index,
        steps.step_index as next_index,
        cfg_funnels.unit,
        cfg_funnels.window_us,
        cfg_drivers.landmark_us,
        coalesce(cfg_drivers.lookback_us, cfg_funnels.window_us) as lookback_us
    from cfg_drivers
    cross join steps
    inner join cfg_funnels on steps.funnel = cfg_funnels.funnel
    where steps.previous_index is not null

),

waiting as (

    -- Times are from the entry; `least` and comparisons pass over what never was.
    select
        spans.funnel,
        spans.step_index,
        spans.unit,
        spans.lookback_us,
        py_driver_attempts.unit_code,
        py_driver_attempts.attempt_index,
        py_driver_attempts.entry_us,
        py_driver_attempts.entry_us
        + py_driver_attempts.step_us[spans.step_index]
        + spans.landmark_us as landmark_us,
        py_driver_attempts.step_event[spans.step_index] as landmark_event,
        py_driver_attempts.step_us[spans.next_index] is not null as is_converted
    from py_driver_attempts
    inner join spans on py_driver_attempts.funnel = spans.funnel
    where
        py_driver_attempts.attempt_index <= 20
        and py_driver_attempts.entry_us + spans.window_us <= $as_of_us
        and py_driver_attempts.step_us[spans.step_index] + spans.landmark_us
        <= least(
            spans.window_us,
            py_driver_attempts.ended_us,
            py_driver_attempts.step_us[spans.next_index]
        )

),

watches as (

    -- A persona is made from the first 30 days, up to the first goal, exit or brink. Of
    -- who still was watched at the landmark, it tells what came of it.
    select
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as end_us
    from cfg_drivers
    cross join int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    left join int_persona_brinks
        on int_event_log.activity_code = int_persona_brinks.activity_code
    where
        cfg_drivers.landmark_us is not null
        and (
            int_activities.is_goal
            or int_activities.exit_cause is not null
            or int_persona_brinks.activity_code is not null
        )
    group by int_event_log.customer_code

),

placed as (

    -- A journey is over at its goal or exit, a session when its silence was known.
    select
        waiting.*,
        int_unit_slices.customer_code,
        case
            when
                waiting.landmark_us > least(
                    int_customers.first_us + 30 * 86400000000, watches.end_us
                )
                then int_slice_sets.persona
            else '(not yet)'
        end as persona,
        int_slice_sets.segment_values[cfg_segments.segment_index] as channel
    from waiting
    inner join int_unit_slices
        on
            waiting.unit = int_unit_slices.unit
            and waiting.unit_code = int_unit_slices.unit_code
    inner join int_slice_sets on int_unit_slices.slice_set = int_slice_sets.slice_set
    inner join cfg_segments on cfg_segments.segment = 'channel'
    inner join int_customers
        on int_unit_slices.customer_code = int_customers.customer_code
    left join watches on int_unit_slices.customer_code = watches.customer_code
    left join int_journeys
        on
            waiting.unit = 'journey'
            and waiting.unit_code = int_journeys.journey_code
            and int_journeys.outcome in ('converted', 'exited')
    left join int_sessions
        on waiting.unit = 'session' and waiting.unit_code = int_sessions.session_code
    where
        waiting.landmark_us
        <= coalesce(
            epoch_us(int_journeys.ended_at),
            int_sessions.ended_us + $session_gap_us,
            waiting.landmark_us
        )

)

select
    row_number() over (
        order by funnel, step_index, unit_code, attempt_index
    ) as landmark_code,
    funnel,
    step_index,
    unit_code,
    attempt_index,
    customer_code,
    persona,
    channel,
    strftime(timezone($zone, make_timestamptz(entry_us)), '%Y-%m') as month,
    landmark_us - lookback_us as since_us,
    landmark_us,
    landmark_event,
    is_converted
from placed
order by landmark_code
