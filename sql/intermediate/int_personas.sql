-- The persona of each customer.
-- key: customer_code
--
-- customer_code  number of the customer
-- persona        p1 (the largest), p2, ...; none where no structure was found

select
    int_customers.customer_code,
    coalesce(py_personas.persona, 'none') as persona
from int_customers
left join py_personas on int_customers.customer_code = py_personas.customer_code
order by int_customers.customer_code
