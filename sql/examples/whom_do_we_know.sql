-- Of how many customers do we know who they are, and does it change what we see?
-- Look at: customers of one anonymous identifier. One person with two of them counts as
-- two customers, and a journey that goes on on another device seems to end.
-- key: knowledge
--
-- knowledge           identified: by more than a cookie; joined: several identifiers of
--                     machines; anonymous: a single one
-- customers           customers
-- share               of all customers
-- identifiers         their identifiers
-- least_confidence    how sure the least sure of their links is, 0 to 1
-- journeys            their journeys
-- conversions         of those, converted
-- conversions_each    conversions per customer

with judged as (

    select
        *,
        case
            when is_identified then 'identified'
            when identifiers > 1 then 'joined'
            else 'anonymous'
        end as knowledge
    from dim_customers

)

select
    knowledge,
    count(*) as customers,
    count(*) / cast(sum(count(*)) over () as bigint) as share,
    cast(sum(identifiers) as bigint) as identifiers,
    min(identity_confidence) as least_confidence,
    cast(sum(journeys) as bigint) as journeys,
    cast(sum(conversions) as bigint) as conversions,
    cast(sum(conversions) as bigint) / count(*) as conversions_each
from judged
group by knowledge
order by customers desc, knowledge asc
