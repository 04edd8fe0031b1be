-- How long each unit was on its way to each required step but the first, from the
-- latest entry that reached it, else from the last entry, and what ended that.
-- key: funnel, unit_code, attempt_index, step_index
--
-- funnel         name of the funnel
-- unit_code      number of the unit
-- attempt_index  position among the unit's attempts, from 1
-- step_index     the step
-- duration_us    time on the clock, in microseconds; at most the window
-- cause          reached; excluded or exited, which compete with it; or censored, at
--                $as_of while the unit is open, else at the end of the window

with steps as (

    select distinct
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index,
        cfg_funnels.window_us
    from cfg_funnel_steps
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel
    where not cfg_funnel_steps.is_optional and cfg_funnel_steps.step_index > 1

),

timed as (

    select
        int_funnel_units.funnel,
        int_funnel_units.unit_code,
        int_funnel_units.attempt_index,
        steps.step_index,
        int_funnel_units.step_us[steps.step_index] as reached_us,
        int_funnel_units.ended_us - int_funnel_units.last_entry_us as ended_us,
        int_funnel_units.exited_us - int_funnel_units.last_entry_us as exited_us,
        case
            when int_funnel_units.is_open
                then least(steps.window_us, $as_of_us - int_funnel_units.last_entry_us)
            else steps.window_us
        end as known_us
    from int_funnel_units
    inner join steps on int_funnel_units.funnel = steps.funnel

)

-- `least` passes over nulls. An exclusion comes before an exit at the same time.
select
    funnel,
    unit_code,
    attempt_index,
    step_index,
    coalesce(reached_us, least(ended_us, exited_us), known_us) as duration_us,
    case
        when reached_us is not null then 'reached'
        when ended_us <= coalesce(exited_us, ended_us) then 'excluded'
        when exited_us is not null then 'exited'
        else 'censored'
    end as cause
from timed
order by funnel, unit_code, attempt_index, step_index
