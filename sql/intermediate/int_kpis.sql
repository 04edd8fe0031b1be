-- The value of each metric per period and slice, with its interval over customers.
-- key: metric_index, period_code, slice_code
--
-- metric_index   position of the metric in cfg_metrics
-- period_code    number of the period
-- slice_code     number of the slice
-- previous_code  period that it is compared with; null without
-- cases          cases that count
-- customers      customers who have any
-- waiting        cases of which it is not known yet
-- value          what is measured, in the metric's unit; null without cases
-- value_low      its 95 % interval: Wilson's, of as many cases as would tell as much
--                if each had a customer of its own; of means and totals, normal
-- value_high     its 95 % interval
-- is_final       whether the period is over and nothing in it is waiting; at most a
--                hundredth, where an end is known only once it has come

with slices as (

    select distinct
        slice_code,
        persona,
        segment
    from int_slices

),

known as (

    -- A share lies between `least` and `most` per x.
    select
        py_kpi_sums.*,
        cfg_metrics.form,
        cfg_metrics.scale,
        cfg_metrics.least,
        cfg_metrics.most - cfg_metrics.least as width,
        cfg_metrics.waits_for,
        int_kpi_periods.previous_code,
        int_kpi_periods.is_whole,
        sum(py_kpi_sums.cases) filter (
            where slices.persona = 'all' and slices.segment = 'all'
        ) over parts as all_cases,
        sum(py_kpi_sums.waiting) filter (
            where slices.persona = 'all' and slices.segment = 'all'
        ) over parts as all_waiting
    from py_kpi_sums
    inner join cfg_metrics on py_kpi_sums.metric_index = cfg_metrics.metric_index
    inner join int_kpi_periods on py_kpi_sums.period_code = int_kpi_periods.period_code
    inner join slices on py_kpi_sums.slice_code = slices.slice_code
    window parts as (
        partition by py_kpi_sums.metric_index, py_kpi_sums.period_code
    )

),

shares as (

    select
        *,
        (y - least * x) / width as k,
        (yy - 2 * least * xy + least * least * xx) / (width * width) as kk,
        (xy - least * xx) / width as kx
    from known

),

weighed as (

    select
        *,
        effective_units(k, x, customers, kk, kx, xx) as units,
        1.959964 * sqrt(
            case form
                when 'total' then yy
                else
                    greatest(
                        yy - 2 * y / nullif(x, 0) * xy
                        + y / nullif(x, 0) * (y / nullif(x, 0)) * xx,
                        0
                    )
            end
            * customers / nullif(customers - 1, 0)
        ) as margin
    from shares

)

select
    metric_index,
    period_code,
    slice_code,
    previous_code,
    cases,
    customers,
    waiting,
    case form when 'total' then y else y / nullif(x, 0) end / scale as value,
    case form
        when 'ratio' then (least + width * wilson_low(k / x * units, units)) / scale
        when 'mean' then greatest((y - margin) / nullif(x, 0), 0) / scale
        else greatest(y - margin, 0) / scale
    end as value_low,
    case form
        when 'ratio' then (least + width * wilson_high(k / x * units, units)) / scale
        when 'mean' then (y + margin) / nullif(x, 0) / scale
        else (y + margin) / scale
    end as value_high,
    is_whole
    and case waits_for
        when 'time' then all_waiting = 0
        else all_waiting * 100 <= all_cases + all_waiting
    end as is_final
from weighed
order by metric_index, period_code, slice_code
