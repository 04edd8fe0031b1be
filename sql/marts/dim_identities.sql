-- One row per identifier, with the customer that it belongs to. Customers without an
-- event in a journey stand here too.
-- key: identifier_type, identifier
--
-- identifier_type  cookie, user id, e-mail, ...: as the project names it
-- identifier       the value
-- customer_id      the customer
-- first_at         when it was first seen, UTC
-- is_strong        whether its type names one person, not a machine or a visit
-- is_cut           whether it links nobody, and so is a customer of its own; why, says
--                  fct_identity_audit

select
    int_identities.identifier_type,
    int_identities.identifier,
    int_identities.customer_id,
    int_identities.first_at,
    int_identifiers.is_strong,
    int_identities.is_cut
from int_identities
inner join int_identifiers
    on int_identities.identifier_code = int_identifiers.identifier_code
order by int_identities.identifier_type, int_identities.identifier
