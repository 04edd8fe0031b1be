-- One row per identifier.
-- key: identifier_code
--
-- identifier_code  number of the identifier, from 0, in order of type and value
-- identifier_type  cookie, user id, e-mail, ...: as the project names it
-- identifier       the value
-- first_at         when it was first seen, UTC

with pairs as (

    select
        unnest(string_split(identifiers, chr(31))) as pair,
        first_at
    from int_identifier_sets

),

split as (

    -- Only the first equals sign parts type from value.
    select
        split_part(pair, '=', 1) as identifier_type,
        substr(pair, strpos(pair, '=') + 1) as identifier,
        min(first_at) as first_at
    from pairs
    group by identifier_type, identifier

)

select
    row_number() over (order by identifier_type, identifier) - 1 as identifier_code,
    identifier_type,
    identifier,
    first_at
from split
order by identifier_code
