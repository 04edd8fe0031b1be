-- One row per identifier, with the customer that it belongs to. Customers without an
-- event in a journey stand here too.
-- key: identifier_type, identifier
--
-- identifier_type  cookie, user id, e-mail, ...: as the project names it
-- identifier       the value
-- customer_id      the customer
-- first_at         when it was first seen, UTC

select
    identifier_type,
    identifier,
    customer_id,
    first_at
from int_identities
order by identifier_type, identifier
