-- One row per identifier whose customer_id is another than in the snapshot before.
-- key: identifier_code
--
-- identifier_code     the identifier
-- action              split_from: the identifiers of its former customer now belong to
--                     several; merged_into: they stay together, with those of another
--                     former customer; reassigned: they stay together, under a new id
-- former_customer_id  customer of the snapshot before

with paired as (

    select
        int_identities.identifier_code,
        int_identities.customer_id,
        former.customer_id as former_customer_id
    from int_identities
    inner join py_former_identities as former
        on
            int_identities.identifier_type = former.identifier_type
            and int_identities.identifier = former.identifier

),

moved as (

    select *
    from paired
    where customer_id <> former_customer_id

),

-- Among how many customers the identifiers of each former customer stand now.
fates as (

    select
        former_customer_id,
        count(distinct customer_id) as customers
    from paired
    where former_customer_id in (select moved.former_customer_id from moved)
    group by former_customer_id

),

-- How many former customers each customer of now is made of.
origins as (

    select
        customer_id,
        count(distinct former_customer_id) as former_customers
    from paired
    where customer_id in (select moved.customer_id from moved)
    group by customer_id

)

select
    moved.identifier_code,
    case
        when fates.customers > 1 then 'split_from'
        when origins.former_customers > 1 then 'merged_into'
        else 'reassigned'
    end as action,
    moved.former_customer_id
from moved
inner join fates on moved.former_customer_id = fates.former_customer_id
inner join origins on moved.customer_id = origins.customer_id
