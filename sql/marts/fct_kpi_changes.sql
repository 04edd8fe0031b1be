-- What changed: each metric and slice from one month or week to the next, and between
-- the spans of each comparison of times. Only final periods with 30 cases or more.
-- key: metric, period_kind, period, persona, segment, segment_value
--
-- metric           name, as in meta_metrics
-- period_kind      month, week, or comparison
-- period           first day of the later month or week; name of the comparison
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- before           first day of the earlier month or week; what a comparison calls it
-- after            the same of the later
-- n_before         cases before
-- n_after          cases after
-- value_before     value before
-- value_after      value after
-- difference       value_after - value_before; of totals, less what was before at equal
--                  length
-- difference_low   its 95 % interval over customers; null below 5 of them
-- difference_high  its 95 % interval over customers
-- p_value          chance of such a difference without one
-- q_value          share of false findings among all changes by the same kind of period
--                  that are as sure (Benjamini and Hochberg 1995)
-- is_worse         whether it is a change for the worse
-- rank             among those for the worse by the same kind of period, from 1, the
--                  surest; likewise among those for the better; null where not tested

with slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_slices

)

select
    cfg_metrics.metric,
    periods.period_kind,
    periods.period,
    slices.persona,
    slices.segment,
    slices.segment_value,
    earlier_periods.label as before,
    periods.label as after,
    earlier.cases as n_before,
    later.cases as n_after,
    earlier.value as value_before,
    later.value as value_after,
    py_kpi_changes.change as difference,
    py_kpi_changes.change_low as difference_low,
    py_kpi_changes.change_high as difference_high,
    py_kpi_changes.p_value,
    py_kpi_changes.q_value,
    py_kpi_changes.is_worse,
    cast(py_kpi_changes.place as bigint) as rank
from py_kpi_changes
inner join cfg_metrics on py_kpi_changes.metric_index = cfg_metrics.metric_index
inner join int_kpi_periods as periods
    on py_kpi_changes.period_code = periods.period_code
inner join int_kpi_periods as earlier_periods
    on periods.previous_code = earlier_periods.period_code
inner join slices on py_kpi_changes.slice_code = slices.slice_code
inner join int_kpis as later
    on
        py_kpi_changes.metric_index = later.metric_index
        and py_kpi_changes.period_code = later.period_code
        and py_kpi_changes.slice_code = later.slice_code
inner join int_kpis as earlier
    on
        later.metric_index = earlier.metric_index
        and later.previous_code = earlier.period_code
        and later.slice_code = earlier.slice_code
order by
    cfg_metrics.metric,
    periods.period_kind,
    periods.period,
    slices.persona,
    slices.segment,
    slices.segment_value
