-- Of funnels of which each entry counts, who entered in a month, in a week from Monday,
-- and in a span of a comparison, and how far they came from there. The people behind
-- the metrics of a funnel in fct_kpis.
-- key: funnel, period_kind, period, label, unit_id
--
-- funnel        name in the project file
-- period_kind   month, week, or comparison
-- period        first day of the month or week; name of the comparison
-- label         the same; of a comparison, what it calls the span
-- unit_id       customer_id, journey_id or session_id
-- depth         the last required step that it reached from an entry of the period
-- depth_mature  the same from those of them whose window has ended; null without

select
    py_kpi_entries.funnel,
    int_kpi_periods.period_kind,
    int_kpi_periods.period,
    int_kpi_periods.label,
    coalesce(
        int_journeys.journey_id, int_sessions.session_id, int_customers.customer_id
    ) as unit_id,
    py_kpi_entries.depth,
    nullif(py_kpi_entries.depth_mature, 0) as depth_mature
from py_kpi_entries
inner join int_kpi_periods on py_kpi_entries.period_code = int_kpi_periods.period_code
inner join int_funnel_units
    on
        py_kpi_entries.funnel = int_funnel_units.funnel
        and py_kpi_entries.unit_code = int_funnel_units.unit_code
inner join int_customers
    on int_funnel_units.customer_code = int_customers.customer_code
left join int_journeys
    on
        int_funnel_units.unit = 'journey'
        and py_kpi_entries.unit_code = int_journeys.journey_code
left join int_sessions
    on
        int_funnel_units.unit = 'session'
        and py_kpi_entries.unit_code = int_sessions.session_code
order by
    py_kpi_entries.funnel,
    int_kpi_periods.period_code,
    py_kpi_entries.unit_code
