-- The steps of the project's funnels.
-- key: funnel, step_index
--
-- funnel          name in the project file
-- funnel_index    position of the funnel there, from 1: the first is the main one
-- step_index      position of the step, from 1
-- step            its name; without one, its activities, joined by ` or `
-- activities      its activities
-- is_optional     whether a unit may go on without it
-- unit            what is counted: customer, journey or session
-- entry           any, first or attempts
-- mode            ordered, direct or unordered
-- ties            interchangeable, strict or source_order
-- window_seconds  time from the entry within which a chain must end
-- dialect         whose rules count: posthog, mixpanel or clickhouse; null: our own

select
    cfg_funnel_steps.funnel,
    cfg_funnels.funnel_index,
    cfg_funnel_steps.step_index,
    cfg_funnel_steps.step,
    list(cfg_funnel_steps.activity order by cfg_funnel_steps.activity) as activities,
    cfg_funnel_steps.is_optional,
    cfg_funnels.unit,
    cfg_funnels.entry,
    cfg_funnels.mode,
    cfg_funnels.ties,
    cfg_funnels.window_us / 1000000 as window_seconds,
    cfg_funnels.dialect
from cfg_funnel_steps
inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel
group by all
order by cfg_funnel_steps.funnel, cfg_funnel_steps.step_index
