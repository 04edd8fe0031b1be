-- One row per persona.
-- key: persona
--
-- persona        p1 (the largest), p2, ...; none for customers in no group
-- persona_name   what sets it apart, in a few words
-- customers      customers in it
-- share          of all customers, 0 to 1
-- has_structure  whether it is a group that was found, not a rest
-- profile        what it does more and less than others, in words
-- silhouette     how well the groups part, -1 to 1; the same for all; null for none
-- traits         what sets it apart: feature, value, overall, standardised difference
-- goals          how its finished journeys end, goals first: name, share, and
--                other_share of all other customers
-- pain_points    the three that cost most, as in fct_persona_profiles: kind, name,
--                value, other_value, unit
-- buying_behaviour  orders_per_customer, mean_basket, median_days_between_orders and
--                repeat_buyers: name, value, other_value, unit
-- preferred_channels  the five most frequent: channel, share of its own events, lift
--                against all other customers
-- typical_variant_id  variant that lies nearest to its finished journeys; null if none
-- typical_journey  its activities in order, joined by ` > `
-- typical_share  share of its finished journeys that are exactly that
-- typical_sample  share of its finished journeys among which it was sought
-- example_journey_id  the journey of that variant that ended last

with sizes as (

    select
        persona,
        count(*) as customers
    from int_personas
    group by persona

),

found as (

    select count(*) as personas
    from py_persona_profiles

),

profiles as (

    select
        persona,
        list(
            { 'name': name, 'share': value, 'other_share': other_value }
            order by aspect = 'exit', place
        ) filter (where aspect in ('goal', 'exit')) as goals,
        list(
            {
                'kind': kind,
                'name': name,
                'value': value,
                'other_value': other_value,
                'unit': unit
            }
            order by place
        ) filter (where aspect = 'pain_point' and place <= 3) as pain_points,
        list(
            {
                'name': name,
                'value': value,
                'other_value': other_value,
                'unit': unit
            }
            order by place
        ) filter (where aspect = 'buying') as buying_behaviour,
        list(
            {
                'channel': name,
                'share': value,
                'lift': value / nullif(other_value, 0)
            }
            order by place
        ) filter (where aspect = 'channel' and place <= 5 and value > 0)
            as preferred_channels
    from fct_persona_profiles
    group by persona

),

sampled as (

    select
        persona,
        sum(sampled) as journeys
    from int_persona_variants
    group by persona

),

typical as (

    select
        int_persona_variants.persona,
        int_variants.variant_id,
        int_variants.variant,
        int_persona_variants.journeys / int_persona_variants.every as share,
        sampled.journeys / int_persona_variants.every as sample,
        int_persona_variants.example_journey_id
    from py_persona_typical
    inner join int_persona_variants
        on
            py_persona_typical.persona = int_persona_variants.persona
            and py_persona_typical.place = int_persona_variants.place
    inner join sampled on int_persona_variants.persona = sampled.persona
    inner join int_variants on int_persona_variants.path = int_variants.path

)

select
    sizes.persona,
    coalesce(
        py_persona_profiles.persona_name,
        case
            when found.personas = 0
                then 'No clear structure'
            else 'Without activity of their own'
        end
    ) as persona_name,
    sizes.customers,
    sizes.customers / cast(sum(sizes.customers) over () as bigint) as share,
    py_persona_profiles.persona is not null as has_structure,
    coalesce(py_persona_profiles.profile, '') as profile,
    py_persona_profiles.silhouette,
    py_persona_profiles.traits,
    coalesce(profiles.goals, []) as goals,
    coalesce(profiles.pain_points, []) as pain_points,
    coalesce(profiles.buying_behaviour, []) as buying_behaviour,
    coalesce(profiles.preferred_channels, []) as preferred_channels,
    typical.variant_id as typical_variant_id,
    typical.variant as typical_journey,
    typical.share as typical_share,
    typical.sample as typical_sample,
    typical.example_journey_id
from sizes
cross join found
left join py_persona_profiles on sizes.persona = py_persona_profiles.persona
left join profiles on sizes.persona = profiles.persona
left join typical on sizes.persona = typical.persona
order by sizes.persona
