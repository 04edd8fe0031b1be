-- How many customers are behind each figure of paths, per slice. A customer with
-- several journeys counts once.
-- key: slice_code, subject, activity_code, other_activity_code
--
-- slice_code           number of the slice
-- subject              activity, transition, or a kind of rework
-- activity_code        the activity; of a transition, the earlier one
-- other_activity_code  the other activity, if two are meant; else the same
-- customers            customers with it

with subjects as (

    select unnest([
        struct_pack(subject_code := 1, subject := 'activity'),
        struct_pack(subject_code := 2, subject := 'transition'),
        struct_pack(subject_code := 3, subject := 'rework'),
        struct_pack(subject_code := 4, subject := 'self_loop'),
        struct_pack(subject_code := 5, subject := 'return'),
        struct_pack(subject_code := 6, subject := 'return_from'),
        struct_pack(subject_code := 7, subject := 'ping_pong')
    ], recursive := true)

),

taken as (

    -- One number for all that is counted: groups of it are made in half the time.
    select
        customer_code,
        slice_set,
        cast(1 as bigint) << 60 | (activity_code << 30) | activity_code as item
    from int_steps
    union all
    select
        customer_code,
        slice_set,
        cast(2 as bigint) << 60 | (activity_code << 30) | next_activity_code as item
    from int_steps
    where next_activity_code is not null
    union all
    select
        int_rework.customer_code,
        int_rework.slice_set,
        cast(subjects.subject_code as bigint) << 60
        | (int_rework.activity_code << 30) | int_rework.other_activity_code as item
    from int_rework
    inner join subjects on int_rework.kind = subjects.subject

),

takers as (

    select
        item,
        customer_code,
        min(slice_set) as slice_set,
        max(slice_set) as last_slice_set
    from taken
    group by item, customer_code

),

settled as (

    -- Most customers have it in one combination of values only: they just add up.
    select
        item,
        slice_set,
        count(*) as customers
    from takers
    where slice_set = last_slice_set
    group by item, slice_set

),

several as (

    select distinct
        taken.item,
        taken.customer_code,
        taken.slice_set
    from taken
    inner join takers
        on
            taken.item = takers.item
            and taken.customer_code = takers.customer_code
    where takers.slice_set <> takers.last_slice_set

),

counted as (

    select
        int_slices.slice_code,
        settled.item,
        sum(settled.customers) as customers
    from settled
    inner join int_slices on settled.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by int_slices.slice_code, settled.item
    union all
    select
        int_slices.slice_code,
        several.item,
        count(distinct several.customer_code) as customers
    from several
    inner join int_slices on several.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by int_slices.slice_code, several.item

),

slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        own.slice_code,
        unnest([own.slice_code, whole.slice_code]) as told_code
    from int_slices as own
    inner join int_slices as whole
        on
            own.slice_set = whole.slice_set
            and own.segment = whole.segment
            and whole.persona = 'all'
    where own.persona <> 'all'

),

summed as (

    select
        slices.told_code as slice_code,
        counted.item,
        cast(sum(counted.customers) as bigint) as customers
    from counted
    inner join slices on counted.slice_code = slices.slice_code
    group by slices.told_code, counted.item

)

select
    summed.slice_code,
    subjects.subject,
    summed.item >> 30 & 1073741823 as activity_code,
    summed.item & 1073741823 as other_activity_code,
    summed.customers
from summed
inner join subjects on summed.item >> 60 = subjects.subject_code
