-- Customers of the persona: rows of dim_customers.
-- key: persona
--
-- customers  rows
-- share      of all rows

select
    count(*) filter (where persona = $persona) as customers,
    count(*) filter (where persona = $persona) / nullif(count(*), 0) as share
from dim_customers
