-- How far units came in a funnel, as its metrics count them. Where each entry counts,
-- a unit counts in each period that it entered in, and in the whole.
-- key: funnel, unit_code, attempt_index, period_code
--
-- funnel         name in the project file
-- unit_code      number of the unit
-- attempt_index  position among the unit's attempts, from 1; else 1
-- period_code    the one period that it counts in; 0 if the moment tells
-- customer_code  number of its customer
-- slice_set      combination of values that slices it
-- moment_us      when it counts, in microseconds since 1970
-- depth          the last required step that it reached, from 1
-- depth_mature   the same from entries whose window has ended; 0 without

with often as (

    select distinct
        py_kpi_entries.funnel,
        int_kpi_periods.period_code
    from py_kpi_entries
    cross join int_kpi_periods
    where int_kpi_periods.period_kind = 'all'

),

units as (

    select
        int_funnel_units.funnel,
        int_funnel_units.unit_code,
        int_funnel_units.attempt_index,
        coalesce(often.period_code, 0) as period_code,
        int_funnel_units.depth,
        coalesce(int_funnel_units.depth_mature, 0) as depth_mature
    from int_funnel_units
    left join often on int_funnel_units.funnel = often.funnel
    union all
    select
        funnel,
        unit_code,
        1 as attempt_index,
        period_code,
        depth,
        depth_mature
    from py_kpi_entries

)

select
    units.funnel,
    units.unit_code,
    units.attempt_index,
    units.period_code,
    int_funnel_units.customer_code,
    int_funnel_slices.slice_set,
    int_funnel_units.first_entry_us as moment_us,
    units.depth,
    units.depth_mature
from units
inner join int_funnel_units
    on
        units.funnel = int_funnel_units.funnel
        and units.unit_code = int_funnel_units.unit_code
        and units.attempt_index = int_funnel_units.attempt_index
inner join int_funnel_slices
    on
        units.funnel = int_funnel_slices.funnel
        and units.unit_code = int_funnel_slices.unit_code
        and units.attempt_index = int_funnel_slices.attempt_index
