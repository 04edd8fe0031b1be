-- Each metric of the project per month, per week and over all times, in the whole, for
-- each persona and for each value of a segment, and against its objectives. The query
-- that gives a value stands in meta_metrics.
-- key: metric, period_kind, period, persona, segment, segment_value, objective
--
-- metric           name, as in meta_metrics
-- objective        name in the project file; `(none)` where there is none for it
-- period_kind      month, week, or all
-- period           first day of the month or of the week from Monday, in the project's
--                  zone; `all`
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- n                cases that count: units, journeys, answers, months of customers
-- customers        customers who have any
-- waiting          further cases, of which it is not known yet: in no figure
-- value            what is measured; null without cases
-- value_low        its 95 % interval over customers
-- value_high       its 95 % interval over customers
-- is_final         whether the period is over and nothing in it is waiting; at most a
--                  hundredth, where an end is known only once it has come
-- change           value less that of the period before, both final and of 30 cases or
--                  more; of totals, less what that one would be at equal length
-- change_low       its 95 % interval over customers
-- change_high      its 95 % interval over customers
-- q_value          share of false findings among all changes by the same kind of period
--                  that are as sure
-- owner            who answers for the objective
-- target           what the objective asks of a period
-- target_by        the day by which
-- on_target        whether the value is as good as the target
-- projection       in the last final period: what is expected of that of target_by, by
--                  a weighted regression over the last 4 to 12 final ones
-- projection_low   its 95 % prediction interval
-- projection_high  its 95 % prediction interval
-- status           how the objective stands, told in one of its rows: met or missed
--                  once the period of target_by is final; until then on_track if the
--                  projection reaches the target, at_risk if only its interval does,
--                  missed if neither; no_data where under 4 final periods allow none

with slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_slices

),

figures as (

    select
        int_kpis.*,
        int_kpi_periods.period_kind,
        int_kpi_periods.period,
        slices.persona,
        slices.segment,
        slices.segment_value
    from int_kpis
    inner join int_kpi_periods on int_kpis.period_code = int_kpi_periods.period_code
    inner join slices on int_kpis.slice_code = slices.slice_code
    where int_kpi_periods.period_kind <> 'comparison'

),

unseen as (

    -- An objective of which nothing is known has one row.
    select cfg_objectives.*
    from cfg_objectives
    anti join figures
        on
            cfg_objectives.metric_index = figures.metric_index
            and cfg_objectives.persona = figures.persona
            and cfg_objectives.segment = figures.segment
            and cfg_objectives.segment_value = figures.segment_value
            and figures.period = 'all'

),

rows as (

    select * from figures
    union all by name
    select
        metric_index,
        persona,
        segment,
        segment_value,
        'all' as period_kind,
        'all' as period,
        0 as cases,
        0 as customers,
        0 as waiting,
        false as is_final
    from unseen
    group by all

),

aimed as (

    select
        rows.*,
        cfg_metrics.metric,
        cfg_objectives.objective,
        cfg_objectives.owner,
        cfg_objectives.target,
        cfg_objectives.target_by,
        cfg_objectives.direction,
        coalesce(
            py_kpi_projections.period_code = rows.period_code,
            py_kpi_projections.period_code is null and rows.period = 'all'
        ) as is_telling,
        py_kpi_projections.projection,
        py_kpi_projections.projection_low,
        py_kpi_projections.projection_high,
        py_kpi_projections.status
    from rows
    inner join cfg_metrics on rows.metric_index = cfg_metrics.metric_index
    left join cfg_objectives
        on
            rows.metric_index = cfg_objectives.metric_index
            and rows.persona = cfg_objectives.persona
            and rows.segment = cfg_objectives.segment
            and rows.segment_value = cfg_objectives.segment_value
    left join py_kpi_projections
        on cfg_objectives.objective = py_kpi_projections.objective

)

select
    aimed.metric,
    coalesce(aimed.objective, '(none)') as objective,
    aimed.period_kind,
    aimed.period,
    aimed.persona,
    aimed.segment,
    aimed.segment_value,
    aimed.cases as n,
    aimed.customers,
    aimed.waiting,
    aimed.value,
    aimed.value_low,
    aimed.value_high,
    aimed.is_final,
    case when aimed.is_final then py_kpi_changes.change end as change,
    case when aimed.is_final then py_kpi_changes.change_low end as change_low,
    case when aimed.is_final then py_kpi_changes.change_high end as change_high,
    case when aimed.is_final then py_kpi_changes.q_value end as q_value,
    aimed.owner,
    aimed.target,
    aimed.target_by,
    case aimed.direction
        when 'up' then aimed.value >= aimed.target
        when 'down' then aimed.value <= aimed.target
    end as on_target,
    case when aimed.is_telling then aimed.projection end as projection,
    case when aimed.is_telling then aimed.projection_low end as projection_low,
    case when aimed.is_telling then aimed.projection_high end as projection_high,
    case when aimed.is_telling then aimed.status end as status
from aimed
left join py_kpi_changes
    on
        aimed.metric_index = py_kpi_changes.metric_index
        and aimed.period_code = py_kpi_changes.period_code
        and aimed.slice_code = py_kpi_changes.slice_code
order by
    aimed.metric,
    aimed.period_kind,
    aimed.period,
    aimed.persona,
    aimed.segment,
    aimed.segment_value,
    objective
