-- What to mend first: where more is lost than expected, each told once, best first.
-- Rows that are not significant say what there would be to win; they prove nothing.
-- key: rank
--
-- rank                  from 1: what is significant first, of that what costs
--                       conversions, of that what got worse before what is worse than
--                       elsewhere; then by priority
-- kind                  step: leave a funnel; touchpoint: end a journey; transition or
--                       switch (of channel): go a way that converts less; loop: do it
--                       again; wait: longer than nine in ten; feeling: emotion falls
-- funnel                name in the project file; `$paths` for what is no step
-- place                 the step, activity, two activities, or what was asked about
-- persona               `all`, or the persona
-- segment               `all`, or the segment
-- segment_value         `all`, or its value
-- period                `all`, or the first day of a month: of the entry into the
--                       funnel, or in which a journey first was at the place
-- customers             customers among those at risk
-- at_risk               units that were there: of a funnel its units, whose window has
--                       ended; else journeys; of a feeling, answers
-- observed              of those, lost: how many do what kind says; of a feeling, its
--                       mean
-- expected              observed - excess; of a feeling, its mean in the month before
-- expected_basis        what is expected: period_before, rest (all others), both
--                       persona by persona (Mantel and Haenszel 1959); or best_persona
-- excess                lost more than expected; of a feeling, by how much it is lower
-- excess_low            its 95 % interval over customers
-- excess_high           its 95 % interval over customers
-- uplift                conversions gained if no more were lost than expected, by the
--                       absorbing chain; null for loops, waits and feelings
-- uplift_low            its 95 % interval
-- uplift_high           its 95 % interval
-- p_value               chance of as much or more without a difference; null for
--                       best_persona: personas are found in what is lost
-- q_value               share of false findings among all that are as sure, over all
--                       places and slices tested (Benjamini and Hochberg 1995)
-- is_significant        whether that share is within the project's limit
-- value_per_conversion  mean amount of the goal, or what the project sets; null without
-- value                 uplift * value_per_conversion
-- value_low             its interval
-- value_high            its interval
-- value_reason          why value is null
-- effort                of [efforts] in the project file; null if none is given
-- priority              value / effort, each 1 where it is not known
-- also_at               further places that show the same
-- finding               the same in a sentence
-- evidence              SQL on the published tables that returns those lost, a row
--                       each; of a feeling, its figures

with conversion_value as (

    select
        coalesce(
            $value_per_conversion,
            cast(sum(goal_amount) as double) / nullif(count(goal_amount), 0)
        ) as value
    from int_journeys
    where outcome = 'converted' and journey_kind = 'main'

),

valued as (

    select
        py_pain_points.*,
        coalesce(int_pain_customers.customers, 0) as customers,
        coalesce(py_pain_points.q_value <= cfg_pain_points.fdr, false)
            as is_significant,
        conversion_value.value as value_per_conversion,
        cfg_efforts.effort,
        py_pain_points.uplift
        * coalesce(conversion_value.value, 1)
        / coalesce(cfg_efforts.effort, 1)
            as priority
    from py_pain_points
    cross join conversion_value
    cross join cfg_pain_points
    left join int_pain_customers
        on py_pain_points.number = int_pain_customers.number
    left join cfg_efforts
        on
            cfg_efforts.anchor
            = case
                when py_pain_points.kind = 'step'
                    then py_pain_points.funnel || '.' || py_pain_points.place
                else py_pain_points.place
            end

),

ranked as (

    select
        *,
        row_number() over (
            order by
                is_significant desc,
                is_significant and priority is not null desc,
                is_significant and expected_basis = 'period_before' desc,
                priority desc nulls last,
                number asc
        ) as rank
    from valued

)

select
    rank,
    kind,
    funnel,
    place,
    persona,
    segment,
    segment_value,
    period,
    customers,
    at_risk,
    observed,
    expected,
    expected_basis,
    excess,
    excess_low,
    excess_high,
    uplift,
    uplift_low,
    uplift_high,
    p_value,
    q_value,
    is_significant,
    value_per_conversion,
    uplift * value_per_conversion as value,
    uplift_low * value_per_conversion as value_low,
    uplift_high * value_per_conversion as value_high,
    case
        when uplift is null then 'not known what it costs in conversions'
        when value_per_conversion is null
            then 'no amount of a goal in the currency of the project'
    end as value_reason,
    effort,
    priority,
    also_at,
    finding,
    evidence
from ranked
order by rank
