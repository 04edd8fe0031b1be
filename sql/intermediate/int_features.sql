-- The features that clustering sees: those that at least 1 % of the customers have.
-- key: feature_index
--
-- feature_index  number of the feature, from 0, in order of family and feature
-- family         as in int_customer_features
-- feature        name within the family

with counted as (

    select
        family,
        feature,
        count(*) as customers
    from int_customer_features
    group by family, feature

),

everyone as (

    select count(distinct customer_code) as customers
    from int_customer_features

)

select
    row_number() over (order by counted.family, counted.feature) - 1 as feature_index,
    counted.family,
    counted.feature
from counted
cross join everyone
where counted.customers * 100 >= everyone.customers
order by feature_index
