-- The customer of each set of identifiers: that of its first identifier, strong ones
-- before weak ones and those that may link before those that may not.
-- key: identifiers
--
-- identifiers    `type=value` pairs, as they stand on the events
-- customer_code  number of the customer
-- customer_id    the customer

with firsts as (

    select
        int_identifier_links.identifier_set,
        coalesce(
            min(int_identifier_links.identifier_code)
            filter (where int_identity_cuts.identifier_code is null),
            min(int_identifier_links.identifier_code)
        ) as identifier_code
    from int_identifier_links
    left join int_identity_cuts
        on int_identifier_links.identifier_code = int_identity_cuts.identifier_code
    group by int_identifier_links.identifier_set

)

select
    int_identifier_sets.identifiers,
    int_identities.customer_code,
    int_identities.customer_id
from firsts
inner join int_identifier_sets
    on firsts.identifier_set = int_identifier_sets.identifier_set
inner join int_identities
    on firsts.identifier_code = int_identities.identifier_code
