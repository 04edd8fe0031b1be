-- One row per customer that is held together by links that are only probable.
-- key: customer_code
--
-- customer_code  number of the customer
-- confidence     the least probability among the links that it needs: those that join
--                parts that nothing likelier joins

select
    int_identities.customer_code,
    min(int_identity_edges.probability) as confidence
from py_identity_joins
inner join int_identity_edges
    on
        py_identity_joins.left_code = int_identity_edges.left_code
        and py_identity_joins.right_code = int_identity_edges.right_code
inner join int_identities
    on py_identity_joins.left_code = int_identities.identifier_code
where int_identity_edges.probability < 1
group by int_identities.customer_code
