-- Sums over customers, from which follows how much less the trials of a transition tell
-- than as many independent ones would.
-- key: slice_code, activity_code, next_activity_code
--
-- slice_code          number of the slice
-- activity_code       what happened first; 0 for what is before the start
-- next_activity_code  what happened next, if in time; 0 for nothing
-- nn                  sum of the squares of a customer's trials at activity_code
-- kn                  sum of the products of these and of those that led there
-- kk                  sum of the squares of a customer's trials that led there

with per_set as (

    select
        slice_set,
        customer_code,
        activity_code,
        next_activity_code,
        count(*) as k
    from int_drift_trials
    group by slice_set, customer_code, activity_code, next_activity_code

),

per_customer as (

    select
        int_drift_slices.slice_code,
        per_set.customer_code,
        per_set.activity_code,
        per_set.next_activity_code,
        cast(sum(per_set.k) as bigint) as k
    from per_set
    inner join int_drift_slices on per_set.slice_set = int_drift_slices.slice_set
    group by
        int_drift_slices.slice_code,
        per_set.customer_code,
        per_set.activity_code,
        per_set.next_activity_code

),

based as (

    select
        slice_code,
        customer_code,
        activity_code,
        cast(sum(k) as bigint) as n
    from per_customer
    group by slice_code, customer_code, activity_code

),

squared as (

    select
        slice_code,
        activity_code,
        sum(n * n) as nn
    from based
    group by slice_code, activity_code

),

counted as (

    select
        per_customer.slice_code,
        per_customer.activity_code,
        per_customer.next_activity_code,
        sum(per_customer.k * based.n) as kn,
        sum(per_customer.k * per_customer.k) as kk
    from per_customer
    inner join based
        on
            per_customer.slice_code = based.slice_code
            and per_customer.customer_code = based.customer_code
            and per_customer.activity_code = based.activity_code
    group by
        per_customer.slice_code,
        per_customer.activity_code,
        per_customer.next_activity_code

)

select
    counted.slice_code,
    counted.activity_code,
    counted.next_activity_code,
    cast(squared.nn as double) as nn,
    cast(counted.kn as double) as kn,
    cast(counted.kk as double) as kk
from counted
inner join squared
    on
        counted.slice_code = squared.slice_code
        and counted.activity_code = squared.activity_code
order by
    counted.slice_code,
    counted.activity_code,
    counted.next_activity_code
