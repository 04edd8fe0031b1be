-- The customer of each set of identifiers.
-- key: identifiers
--
-- identifiers    `type=value` pairs, as they stand on the events
-- customer_code  number of the customer
-- customer_id    the customer

select
    int_identifier_sets.identifiers,
    min(int_identities.customer_code) as customer_code,
    min(int_identities.customer_id) as customer_id
from int_identifier_sets
inner join int_identifier_links
    on int_identifier_sets.identifier_set = int_identifier_links.identifier_set
inner join int_identities
    on int_identifier_links.identifier_code = int_identities.identifier_code
group by int_identifier_sets.identifiers
