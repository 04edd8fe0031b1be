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
    py_persona_profiles.traits
from sizes
cross join found
left join py_persona_profiles on sizes.persona = py_persona_profiles.persona
order by sizes.persona
