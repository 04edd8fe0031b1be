-- The distinct sets of identifiers that were seen together on one record.
-- key: identifier_set
--
-- identifier_set  number of the set, from 1, in order of its text
-- identifiers     `type=value` pairs, joined by the unit separator
-- first_at        when the set was first seen, UTC

with seen as (

    -- A link that is only seen after $as_of is not known yet.
    select
        identifiers,
        min(occurred_at) as first_at
    from int_events
    where identifiers is not null and coalesce(rule, '') <> 'after_as_of'
    group by identifiers

)

select
    row_number() over (order by identifiers) as identifier_set,
    identifiers,
    first_at
from seen
order by identifier_set
