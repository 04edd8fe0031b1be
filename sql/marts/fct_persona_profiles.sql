-- What each persona reaches, where it suffers more than all others, how it buys and
-- where it is met; docs/personas.md tells each figure.
-- key: persona, aspect, kind, name
--
-- persona          the persona; none if there are no personas
-- aspect           goal, exit, pain_point, buying or channel
-- kind             of a pain point: drop_off, abandonment, step_back, contact or
--                  emotion; of all others, the aspect
-- name             goal activity, cause of an end, funnel and step, attempt and cause,
--                  touchpoint, figure, or channel
-- place            within persona and aspect, from 1: pain points by what they cost
--                  more than elsewhere, others by value
-- unit             share, number, currency, days or emotion (-1 to +1)
-- value            of the persona
-- other_value      of all other customers; null if there are none
-- difference       value - other_value
-- difference_low   its 95 % interval over customers; null under 5 customers on a side,
--                  where no two differ, and for medians
-- difference_high  its 95 % interval over customers
-- q_value          chance of such a difference without one, after Benjamini and
--                  Hochberg (1995) over the aspect; pain points are those under 0.05
-- cases            journeys, units, attempts, answers, orders, events or customers
--                  that the value is of
-- customers        customers behind it; units where a funnel counts these

with orders as (

    select
        int_personas.persona,
        epoch_us(int_journeys.ended_at) - lag(epoch_us(int_journeys.ended_at)) over (
            partition by int_journeys.customer_code
            order by int_journeys.ended_at, int_journeys.journey_code
        ) as apart_us,
        int_journeys.customer_code
    from int_journeys
    inner join int_personas on int_journeys.customer_code = int_personas.customer_code
    where int_journeys.journey_kind = 'main' and int_journeys.outcome = 'converted'

),

personas as (
    select distinct persona from int_personas
),

medians as (

    select
        personas.persona,
        quantile_disc(orders.apart_us, 0.5)
        filter (where orders.persona = personas.persona) / 86400000000 as value,
        quantile_disc(orders.apart_us, 0.5)
        filter (where orders.persona <> personas.persona) / 86400000000 as other_value,
        count(*) filter (where orders.persona = personas.persona) as cases,
        count(distinct orders.customer_code)
        filter (where orders.persona = personas.persona) as customers
    from personas
    inner join orders on orders.apart_us is not null
    group by personas.persona

),

figures as (

    select
        *,
        case
            when kind = 'emotion' then -difference / 2
            else difference
        end * cases as excess
    from py_persona_contrasts
    union all by name
    select
        persona,
        'buying' as aspect,
        'buying' as kind,
        'median_days_between_orders' as name,
        value,
        other_value,
        value - other_value as difference,
        cast(cases as double) as cases,
        customers
    from medians
    where cases > 0

),

told as (

    select
        *,
        case
            when kind = 'emotion' then 'emotion'
            when aspect <> 'buying' or name = 'repeat_buyers' then 'share'
            when name = 'mean_basket' then 'currency'
            when name = 'median_days_between_orders' then 'days'
            else 'number'
        end as unit,
        case aspect when 'pain_point' then excess when 'buying' then 0 else value end
            as weight
    from figures
    where
        (aspect <> 'pain_point' or (q_value < 0.05 and excess > 0))
        and (
            persona in (select py_persona_profiles.persona from py_persona_profiles)
            or not exists (select 1 from py_persona_profiles)
        )

)

select
    persona,
    aspect,
    kind,
    name,
    row_number() over (
        partition by persona, aspect order by weight desc, kind asc, name asc
    ) as place,
    unit,
    value,
    other_value,
    difference,
    difference_low,
    difference_high,
    q_value,
    cast(cases as bigint) as cases,
    customers
from told
order by persona, aspect, place
