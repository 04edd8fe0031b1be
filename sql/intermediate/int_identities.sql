-- One row per identifier, with the customer that it belongs to.
-- key: identifier_code
--
-- identifier_code  number of the identifier
-- identifier_type  cookie, user id, e-mail, ...
-- identifier       the value
-- first_at         when it was first seen, UTC
-- customer_code    number of the customer, from 1, in order of customer_id
-- customer_id      hash of the identifier of the customer that was seen first
-- is_cut           whether it links nobody, and so is a customer of its own

with founders as (

    -- A function of the data alone: the first by time, then type, then value.
    select
        py_components.component,
        substr(
            sha256(
                arg_min(
                    int_identifiers.identifier_type
                    || '='
                    || int_identifiers.identifier,
                    (
                        int_identifiers.first_at,
                        int_identifiers.identifier_type,
                        int_identifiers.identifier
                    )
                )
            ),
            1,
            20
        ) as customer_id
    from int_identifiers
    inner join py_components
        on int_identifiers.identifier_code = py_components.identifier_code
    group by py_components.component

),

numbered as (

    select
        component,
        customer_id,
        row_number() over (order by customer_id) as customer_code
    from founders

)

select
    int_identifiers.identifier_code,
    int_identifiers.identifier_type,
    int_identifiers.identifier,
    int_identifiers.first_at,
    numbered.customer_code,
    numbered.customer_id,
    int_identity_cuts.identifier_code is not null as is_cut
from int_identifiers
inner join py_components
    on int_identifiers.identifier_code = py_components.identifier_code
inner join numbered on py_components.component = numbered.component
left join int_identity_cuts
    on int_identifiers.identifier_code = int_identity_cuts.identifier_code
order by int_identifiers.identifier_code
