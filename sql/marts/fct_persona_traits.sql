-- Each feature of each persona, against all other customers of a persona.
-- key: persona, family, feature
--
-- persona          the persona
-- family           activity, stage, channel, device, daypart, weekday, volume, pace,
--                  recency or basket; docs/personas.md tells each feature
-- feature          name within the family
-- value            mean of its customers: a share in a mix, else in the feature's unit
-- others           the same of all other customers
-- difference       how far apart, in standard deviations of all customers
-- difference_low   lower end of its 95 % interval
-- difference_high  upper end of its 95 % interval
-- customers        customers of the persona

select
    py_persona_traits.persona,
    py_persona_traits.family,
    py_persona_traits.feature,
    py_persona_traits.value,
    py_persona_traits.others,
    py_persona_traits.difference,
    py_persona_traits.difference_low,
    py_persona_traits.difference_high,
    dim_personas.customers
from py_persona_traits
inner join dim_personas on py_persona_traits.persona = dim_personas.persona
order by
    py_persona_traits.persona, py_persona_traits.family, py_persona_traits.feature
