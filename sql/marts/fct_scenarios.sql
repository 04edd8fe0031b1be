-- What it would bring if fewer left a step of a funnel: standard scenarios, over units
-- whose window has ended. Nobody else is assumed to change: who is kept goes on as
-- those who stay.
-- key: funnel, step_index, period, persona, scenario
--
-- funnel                name in the project file
-- step_index            the step they leave after, from 1
-- period                `all`, or the first day of the month of the entry
-- persona               `all`, or the persona
-- scenario              best_persona: the drop rate of the persona that does best;
--                       minus_10_percent and minus_25_percent: so many fewer leave; and
--                       per month period_before: the drop rate of the month before
-- step                  its activities
-- at_risk               units that reached it from an entry whose window has ended
-- dropped               of those, units that went no further
-- drop_rate             dropped / at_risk
-- new_rate              drop rate in the scenario
-- converted             of those at risk, units that converted
-- uplift                conversions gained; negative where fewer would convert
-- uplift_low            its 95 % interval
-- uplift_high           its 95 % interval
-- value_per_conversion  mean amount of the goal, or what the project sets; null without
-- value                 uplift * value_per_conversion
-- value_low             its interval
-- value_high            its interval
-- value_reason          why value is null

with conversion_value as (

    select
        coalesce(
            $value_per_conversion,
            cast(sum(goal_amount) as double) / nullif(count(goal_amount), 0)
        ) as value
    from int_journeys
    where outcome = 'converted' and journey_kind = 'main'

),

step_names as (

    select distinct
        funnel,
        step_index,
        step
    from cfg_funnel_steps
    where not is_optional

)

select
    py_scenarios.funnel,
    py_scenarios.step_index,
    py_scenarios.period,
    py_scenarios.persona,
    py_scenarios.scenario,
    step_names.step,
    py_scenarios.at_risk,
    py_scenarios.dropped,
    py_scenarios.dropped / py_scenarios.at_risk as drop_rate,
    py_scenarios.new_rate,
    py_scenarios.converted,
    py_scenarios.uplift,
    py_scenarios.uplift_low,
    py_scenarios.uplift_high,
    conversion_value.value as value_per_conversion,
    py_scenarios.uplift * conversion_value.value as value,
    py_scenarios.uplift_low * conversion_value.value as value_low,
    py_scenarios.uplift_high * conversion_value.value as value_high,
    case
        when py_scenarios.uplift is null then 'nobody went on: unknown who converts'
        when conversion_value.value is null
            then 'no amount of a goal in the currency of the project'
    end as value_reason
from py_scenarios
cross join conversion_value
inner join step_names
    on
        py_scenarios.funnel = step_names.funnel
        and py_scenarios.step_index = step_names.step_index
order by
    py_scenarios.funnel,
    py_scenarios.step_index,
    py_scenarios.period,
    py_scenarios.persona,
    py_scenarios.scenario
