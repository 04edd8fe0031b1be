-- Personas that came or went since the run before; none if nothing changed.
-- key: change, persona
--
-- change        birth, death, split (born of another) or merge (lost to another)
-- persona       the persona that was born or lost
-- other         the persona that it was split from or merged into; null for the others
-- customers     customers who make it up, of those that were fitted
-- persona_name  name of the persona, if it was born

select
    py_persona_changes.change,
    py_persona_changes.persona,
    py_persona_changes.other,
    py_persona_changes.customers,
    dim_personas.persona_name
from py_persona_changes
left join dim_personas on py_persona_changes.persona = dim_personas.persona
order by py_persona_changes.change, py_persona_changes.persona
