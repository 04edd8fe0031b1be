-- Which identifiers a set holds: the edges of the identity graph.
-- key: identifier_set, identifier_code
--
-- identifier_set   set of identifiers seen together
-- identifier_code  identifier in it

with pairs as (

    select
        identifier_set,
        unnest(string_split(identifiers, chr(31))) as pair
    from int_identifier_sets

)

select distinct
    pairs.identifier_set,
    int_identifiers.identifier_code
from pairs
inner join int_identifiers
    on
        split_part(pairs.pair, '=', 1) = int_identifiers.identifier_type
        and substr(pairs.pair, strpos(pairs.pair, '=') + 1) = int_identifiers.identifier
order by pairs.identifier_set, int_identifiers.identifier_code
