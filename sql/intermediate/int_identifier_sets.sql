-- The distinct sets of identifiers that were seen together on one record.
-- key: identifier_set
--
-- identifier_set  number of the set, from 1, in order of its text
-- identifiers     `type=value` pairs, joined by the unit separator
-- first_at        when the set was first seen, UTC
-- source          where it was first seen; of several at that time the first by name
-- records         events that name the set

with seen as (

    -- A link that is only seen after $as_of is not known yet.
    select
        identifiers,
        source,
        min(occurred_at) as first_at,
        count(*) as records
    from int_events
    where identifiers is not null and coalesce(rule, '') <> 'after_as_of'
    group by identifiers, source

),

sets as (

    select
        identifiers,
        min(first_at) as first_at,
        arg_min(source, (first_at, source)) as source,
        sum(records) as records
    from seen
    group by identifiers

)

select
    row_number() over (order by identifiers) as identifier_set,
    identifiers,
    first_at,
    source,
    cast(records as bigint) as records
from sets
order by identifier_set
