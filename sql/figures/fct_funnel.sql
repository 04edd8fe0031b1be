-- Units that entered the funnel, in the slice: rows of fct_funnel_units.
-- key: funnel, persona, segment, segment_value, step_index
--
-- window_seconds             of the funnel: meta_funnels
-- entered                    rows
-- reached                    rows with `depth` at the step or beyond; of an optional
--                            step, rows whose `optional_held` has its bit
-- dropped                    rows with `depth` at the step and state dropped
-- excluded                   rows with `depth` at the step and state excluded
-- in_progress                rows with `depth` at the step and state in_progress
-- reached_strict             rows with `depth_strict` at the step or beyond; null for
--                            an optional step
-- reached_interchangeable    the same of `depth_interchangeable`
-- entered_mature             rows with a `depth_mature`
-- reached_mature             rows with `depth_mature` at the step or beyond; null for
--                            an optional step
-- rate_observed              reached / entered
-- rate_observed_low          its 95 % Wilson interval
-- rate_observed_high         its 95 % Wilson interval
-- rate_mature                reached_mature / entered_mature
-- rate_mature_low            its 95 % Wilson interval
-- rate_mature_high           its 95 % Wilson interval
-- rate_observed_of_previous  reached / reached of the required step before
-- rate_mature_of_previous    reached_mature / that of the required step before

with step as (

    select
        here.is_optional,
        here.window_seconds,
        max(before.step_index) as previous_index
    from meta_funnels as here
    left join meta_funnels as before
        on
            here.funnel = before.funnel
            and here.step_index > before.step_index
            and not before.is_optional
    where here.funnel = $funnel and here.step_index = $step_index
    group by here.is_optional, here.window_seconds

),

units as (

    select
        entrants.*,
        step.*,
        case
            when entrants.depth = $step_index and not step.is_optional
                then entrants.state
        end as stopped
    from fct_funnel_units as entrants
    cross join step
    where
        entrants.funnel = $funnel
        and $persona in ('all', entrants.persona)
        and ($segment = 'all' or entrants.segments[$segment] = $segment_value)

),

counted as (

    select
        any_value(window_seconds) as window_seconds,
        any_value(is_optional) as is_optional,
        any_value(previous_index) as previous_index,
        count(*) as entered,
        count(*) filter (
            where has_step(depth, optional_held, $step_index, is_optional)
        ) as reached,
        count(*) filter (where stopped = 'dropped') as dropped,
        count(*) filter (where stopped = 'excluded') as excluded,
        count(*) filter (where stopped = 'in_progress') as in_progress,
        count(*) filter (where depth_strict >= $step_index) as reached_strict,
        count(*) filter (where depth_interchangeable >= $step_index)
            as reached_interchangeable,
        count(depth_mature) as entered_mature,
        count(*) filter (where depth_mature >= $step_index) as reached_mature,
        count(*) filter (where depth >= previous_index) as previous_reached,
        count(*) filter (where depth_mature >= previous_index) as previous_mature
    from units

),

known as (

    -- Which optional steps the other chains hold is not published.
    select
        * replace (
            case when not is_optional then reached_strict end as reached_strict,
            case when not is_optional then reached_interchangeable end
                as reached_interchangeable,
            case when not is_optional then reached_mature end as reached_mature
        )
    from counted

)

select
    window_seconds,
    entered,
    reached,
    dropped,
    excluded,
    in_progress,
    reached_strict,
    reached_interchangeable,
    entered_mature,
    reached_mature,
    reached / nullif(entered, 0) as rate_observed,
    wilson_low(reached, entered) as rate_observed_low,
    wilson_high(reached, entered) as rate_observed_high,
    reached_mature / nullif(entered_mature, 0) as rate_mature,
    case
        when reached_mature is not null
            then wilson_low(reached_mature, entered_mature)
    end as rate_mature_low,
    case
        when reached_mature is not null
            then wilson_high(reached_mature, entered_mature)
    end as rate_mature_high,
    reached / nullif(previous_reached, 0) as rate_observed_of_previous,
    reached_mature / nullif(previous_mature, 0) as rate_mature_of_previous
from known
