-- One row per identifier.
-- key: identifier_code
--
-- identifier_code  number of the identifier, from 0: strong ones first, then in order
--                  of type and value
-- identifier_type  cookie, user id, e-mail, ...: as the project names it
-- identifier       the value
-- first_at         when it was first seen, UTC
-- is_strong        whether its type names one person, not a machine or a visit
-- ignored_as       why the value links nobody: pattern (of the project), placeholder,
--                  role or test; null if it may link

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

),

types as (

    select
        named.identifier_type,
        arg_min(cfg_identity_types.is_strong, cfg_identity_types.place) as is_strong
    from (select distinct identifier_type from split) as named
    inner join cfg_identity_types
        on named.identifier_type glob cfg_identity_types.pattern
    group by named.identifier_type

),

patterned as (

    select distinct
        split.identifier_type,
        split.identifier
    from split
    inner join cfg_identity_patterns
        on
            split.identifier_type = cfg_identity_patterns.identifier_type
            and lower(split.identifier) glob cfg_identity_patterns.pattern
            -- What a token stands for was compared with the patterns before.
            and not is_token(split.identifier)

)

select
    row_number() over (
        order by not types.is_strong, split.identifier_type, split.identifier
    ) - 1 as identifier_code,
    split.identifier_type,
    split.identifier,
    split.first_at,
    types.is_strong,
    case
        when patterned.identifier is not null then 'pattern'
        when is_token(split.identifier) then token_reason(split.identifier)
        else coalesce(whole_values.reason, local_parts.reason)
    end as ignored_as
from split
inner join types on split.identifier_type = types.identifier_type
left join patterned
    on
        split.identifier_type = patterned.identifier_type
        and split.identifier = patterned.identifier
left join cfg_identity_values as whole_values
    on
        not whole_values.is_local_part
        and lower(trim(split.identifier)) = whole_values.value
left join cfg_identity_values as local_parts
    on
        local_parts.is_local_part
        and contains(split.identifier, '@')
        and lower(split_part(split.identifier, '@', 1)) = local_parts.value
order by identifier_code
