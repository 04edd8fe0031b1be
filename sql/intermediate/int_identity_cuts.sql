-- Identifiers that link nobody. They stay identifiers, each of a customer of its own.
-- key: identifier_code
--
-- identifier_code  the identifier
-- reason           pattern, placeholder, role or test: by its value; shared: it stands
--                  beside more values of a strong type than the limit of its type, or
--                  did before one of them was erased
-- beside_type      the strong type that it stands beside too often; else null
-- values_beside    different values of that type beside it; else 0

with links as (

    select
        int_identifier_links.identifier_set,
        int_identifier_links.identifier_code,
        int_identifiers.identifier_type,
        int_identifiers.is_strong,
        count(*) over (partition by int_identifier_links.identifier_set) - 1 as others
    from int_identifier_links
    inner join int_identifiers
        on int_identifier_links.identifier_code = int_identifiers.identifier_code
    where int_identifiers.ignored_as is null

),

suspects as (

    -- Whoever has so few others beside it in all needs no further count.
    select
        links.identifier_code,
        coalesce(max(own.most), max(usual.most)) as most
    from links
    inner join cfg_identity_limits as usual
        on usual.identifier_type = '*' and links.is_strong = usual.is_strong
    left join cfg_identity_limits as own
        on links.identifier_type = own.identifier_type
    group by links.identifier_code
    having sum(links.others) > coalesce(max(own.most), max(usual.most))

),

counted as (

    select
        suspects.identifier_code,
        beside.identifier_type as beside_type,
        count(distinct beside.identifier_code) as values_beside
    from suspects
    inner join links on suspects.identifier_code = links.identifier_code
    inner join links as beside
        on
            links.identifier_set = beside.identifier_set
            and links.identifier_type <> beside.identifier_type
            and beside.is_strong
    group by suspects.identifier_code, beside.identifier_type, suspects.most
    having count(distinct beside.identifier_code) > suspects.most

)

select
    identifier_code,
    ignored_as as reason,
    cast(null as varchar) as beside_type,
    0 as values_beside
from int_identifiers
where ignored_as is not null
union all
select
    identifier_code,
    'shared' as reason,
    arg_max(beside_type, (values_beside, beside_type)) as beside_type,
    max(values_beside) as values_beside
from counted
group by identifier_code
union all
-- To erase one of many must not make one person of the others.
select
    int_identifiers.identifier_code,
    'shared' as reason,
    cast(null as varchar) as beside_type,
    0 as values_beside
from int_identifiers
inner join cfg_identity_shared
    on
        int_identifiers.identifier_type = cfg_identity_shared.identifier_type
        and int_identifiers.identifier = cfg_identity_shared.identifier
anti join counted on int_identifiers.identifier_code = counted.identifier_code
where int_identifiers.ignored_as is null
