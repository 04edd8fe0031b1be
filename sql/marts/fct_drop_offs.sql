-- Drop-offs of each funnel per slice, month of the entry, and step: who leaves, how
-- many more than expected, and what they do next.
-- key: funnel, period, persona, segment, segment_value, step_index
--
-- funnel                  name in the project file
-- period                  `all`, or the first day of the month of the entry
-- persona                 `all`, or the persona
-- segment                 `all`, or the segment
-- segment_value           `all`, or its value
-- step_index              the step they leave after, from 1
-- step                    its activities
-- next_step               the step that they do not reach
-- reached                 units that reached the step
-- in_progress             of those, units that still have time
-- dropped                 of those, units that went no further
-- at_risk                 units that reached it from an entry whose window has ended
-- dropped_at_risk         of those, units that went no further from such an entry
-- drop_rate               dropped_at_risk / at_risk
-- drop_rate_low           its 95 % Wilson interval
-- drop_rate_high          its 95 % Wilson interval
-- expected_rate           drop rate of the period before, else of the rest
-- expected_basis          period_before (with at least 30 at risk) or rest; else null
-- excess                  dropped_at_risk - expected_rate * at_risk
-- value_lost              excess * mean value of a conversion; null without one
-- q_value                 chance of such a difference without one, after
--                         Benjamini and Hochberg (1995) over all rows; two proportions;
--                         null for slices by outcome, which leaving itself decides
-- last_activity           what happened last at the step, for most dropped units
-- went_on                 dropped units that did something else within the window, on
--                         the same channel
-- changed_channel         dropped units that went on another channel within it
-- fell_silent             dropped units that did nothing within it; the three sum to
--                         dropped
-- went_to_support         dropped units that turned to support within the window
-- median_silence_seconds  median time from the step to the next own event, else
--                         to the watermark
-- next_activity           what most dropped units did next; null if most did nothing

with left_over as (

    select
        int_drop_offs.funnel,
        cast(int_drop_offs.period as varchar) as month,
        int_funnel_slices.slice_set,
        int_drop_offs.step_index,
        int_drop_offs.last_activity,
        int_drop_offs.next_kind,
        int_drop_offs.next_activity,
        int_drop_offs.silence_us,
        int_drop_offs.went_to_support
    from int_drop_offs
    inner join int_funnel_slices
        on
            int_drop_offs.funnel = int_funnel_slices.funnel
            and int_drop_offs.unit_code = int_funnel_slices.unit_code
            and int_drop_offs.attempt_index = int_funnel_slices.attempt_index

),

timed as (

    -- Each counts in the month of its entry, and in the whole.
    select
        left_over.*,
        unnest(['all', left_over.month]) as period
    from left_over

),

sliced as (

    select
        timed.funnel,
        timed.period,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        timed.step_index,
        timed.last_activity,
        timed.next_kind,
        timed.next_activity,
        timed.silence_us,
        timed.went_to_support
    from timed
    inner join int_slices on timed.slice_set = int_slices.slice_set

),

behaviour as (

    select
        funnel,
        period,
        persona,
        segment,
        segment_value,
        step_index,
        count(*) filter (where next_kind = 'activity') as went_on,
        count(*) filter (where next_kind = 'channel') as changed_channel,
        count(*) filter (where next_kind = 'silence') as fell_silent,
        count(*) filter (where went_to_support) as went_to_support,
        quantile_disc(silence_us, 0.5) as silence_us
    from sliced
    group by all

),

following as (

    select
        funnel,
        period,
        persona,
        segment,
        segment_value,
        step_index,
        next_activity
    from sliced
    group by
        funnel, period, persona, segment, segment_value, step_index, next_activity
    qualify
        row_number() over (
            partition by funnel, period, persona, segment, segment_value, step_index
            order by count(*) desc, next_activity nulls last
        ) = 1

),

lasting as (

    select
        funnel,
        period,
        persona,
        segment,
        segment_value,
        step_index,
        last_activity
    from sliced
    group by
        funnel, period, persona, segment, segment_value, step_index, last_activity
    qualify
        row_number() over (
            partition by funnel, period, persona, segment, segment_value, step_index
            order by count(*) desc, last_activity
        ) = 1

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

rates as (

    select
        *,
        compared_dropped / nullif(compared_at_risk, 0) as expected_rate
    from int_drop_off_counts

),

step_names as (

    select distinct
        funnel,
        step_index,
        previous_index,
        step
    from cfg_funnel_steps
    where not is_optional

)

select
    rates.funnel,
    rates.period,
    rates.persona,
    rates.segment,
    rates.segment_value,
    rates.step_index,
    here.step,
    beyond.step as next_step,
    rates.reached,
    rates.in_progress,
    rates.dropped,
    rates.at_risk,
    rates.dropped_at_risk,
    rates.dropped_at_risk / nullif(rates.at_risk, 0) as drop_rate,
    wilson_low(rates.dropped_at_risk, rates.at_risk) as drop_rate_low,
    wilson_high(rates.dropped_at_risk, rates.at_risk) as drop_rate_high,
    rates.expected_rate,
    rates.expected_basis,
    rates.dropped_at_risk - rates.expected_rate * rates.at_risk as excess,
    (rates.dropped_at_risk - rates.expected_rate * rates.at_risk)
    * conversion_value.value
        as value_lost,
    py_drop_off_tests.q_value,
    lasting.last_activity,
    coalesce(behaviour.went_on, 0) as went_on,
    coalesce(behaviour.changed_channel, 0) as changed_channel,
    coalesce(behaviour.fell_silent, 0) as fell_silent,
    coalesce(behaviour.went_to_support, 0) as went_to_support,
    behaviour.silence_us / 1000000 as median_silence_seconds,
    following.next_activity
from rates
cross join conversion_value
inner join step_names as here
    on rates.funnel = here.funnel and rates.step_index = here.step_index
inner join step_names as beyond
    on rates.funnel = beyond.funnel and rates.step_index = beyond.previous_index
left join behaviour
    on
        rates.funnel = behaviour.funnel
        and rates.period = behaviour.period
        and rates.persona = behaviour.persona
        and rates.segment = behaviour.segment
        and rates.segment_value = behaviour.segment_value
        and rates.step_index = behaviour.step_index
left join following
    on
        rates.funnel = following.funnel
        and rates.period = following.period
        and rates.persona = following.persona
        and rates.segment = following.segment
        and rates.segment_value = following.segment_value
        and rates.step_index = following.step_index
left join lasting
    on
        rates.funnel = lasting.funnel
        and rates.period = lasting.period
        and rates.persona = lasting.persona
        and rates.segment = lasting.segment
        and rates.segment_value = lasting.segment_value
        and rates.step_index = lasting.step_index
left join py_drop_off_tests
    on
        rates.funnel = py_drop_off_tests.funnel
        and rates.period = py_drop_off_tests.period
        and rates.persona = py_drop_off_tests.persona
        and rates.segment = py_drop_off_tests.segment
        and rates.segment_value = py_drop_off_tests.segment_value
        and rates.step_index = py_drop_off_tests.step_index
order by
    rates.funnel,
    rates.period,
    rates.persona,
    rates.segment,
    rates.segment_value,
    rates.step_index
