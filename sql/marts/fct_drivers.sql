-- What parts those who went on from a step of a funnel from those who did not, at equal
-- exposure: what was known of each attempt at its landmark, the moment it reached the
-- step or `[drivers] landmark` later. Only attempts whose window has ended. Empty
-- without [drivers].
-- key: funnel, persona, step_index, driver_kind, driver, driver_value
--
-- funnel             name in the project file
-- persona            `all`, or the persona: of who had one for sure at the landmark
-- segment            `all`
-- segment_value      `all`
-- step_index         the step that was reached, from 1
-- step               its activities
-- next_step          the required step after it
-- driver_kind        activity: it happened before the landmark; attribute: its latest
--                    value then; segment: the unit's first-touch channel, or the month
--                    of its entry; persona
-- driver             name of the activity, attribute or segment
-- driver_value       its value; `happened` for an activity
-- units_with         attempts with it that had reached the step, and were in the funnel
--                    at the landmark
-- converted_with     of those, attempts that reached the next step within the window
-- units_without      attempts without it
-- converted_without  of those, attempts that reached the next step
-- rate_with          converted_with / units_with
-- rate_without       converted_without / units_without
-- odds_ratio         odds to go on with it, by those without, among units with as many
--                    own events before the landmark, and of the same persona if it was
--                    known then (Mantel and Haenszel 1959); below 1, fewer go on. Null
--                    if too few are expected
-- odds_ratio_low     its 95 % interval (Robins, Breslow and Greenland 1986), over
--                    customers
-- odds_ratio_high    its 95 % interval
-- q_value            chance of such odds without a difference (Cochran, Mantel and
--                    Haenszel), after Benjamini and Hochberg (1995) over all rows
-- driver_rank        position among the drivers of the step in the slice, the surest
--                    first; null where nothing is tested
-- finding            the driver in words

with steps as (

    select distinct
        funnel,
        step_index,
        step,
        previous_index
    from cfg_funnel_steps
    where not is_optional

),

ranked as (

    select
        *,
        case
            when evidence is not null
                then row_number() over (
                    partition by funnel, persona, step_index
                    -- Of two values, the one that hinders is told first.
                    order by
                        evidence desc nulls last,
                        odds_ratio asc,
                        driver_kind asc,
                        driver asc,
                        driver_value asc
                )
        end as driver_rank
    from py_drivers

)

select
    ranked.funnel,
    ranked.persona,
    'all' as segment,
    'all' as segment_value,
    ranked.step_index,
    steps.step,
    later.step as next_step,
    ranked.driver_kind,
    ranked.driver,
    ranked.driver_value,
    ranked.units_with,
    ranked.converted_with,
    ranked.units_without,
    ranked.converted_without,
    ranked.converted_with / nullif(ranked.units_with, 0) as rate_with,
    ranked.converted_without / nullif(ranked.units_without, 0) as rate_without,
    ranked.odds_ratio,
    ranked.odds_ratio_low,
    ranked.odds_ratio_high,
    ranked.q_value,
    ranked.driver_rank,
    format(
        '{:.1f} % went on from {} to {} with {}, {:.1f} % without',
        100 * ranked.converted_with / nullif(ranked.units_with, 0),
        steps.step,
        later.step,
        case
            when ranked.driver_kind = 'activity' then ranked.driver
            else ranked.driver || ' ' || ranked.driver_value
        end,
        100 * ranked.converted_without / nullif(ranked.units_without, 0)
    ) as finding
from ranked
inner join steps
    on ranked.funnel = steps.funnel and ranked.step_index = steps.step_index
inner join steps as later
    on ranked.funnel = later.funnel and ranked.step_index = later.previous_index
order by
    ranked.funnel,
    ranked.persona,
    ranked.step_index,
    ranked.driver_kind,
    ranked.driver,
    ranked.driver_value
