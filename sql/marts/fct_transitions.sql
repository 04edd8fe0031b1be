-- Transitions per slice of journeys: which activity directly follows which.
-- key: persona, segment, segment_value, from_activity, to_activity
--
-- persona           `all`, or the persona
-- segment           `all`, or the segment
-- segment_value     `all`, or its value
-- from_activity     what happened first
-- to_activity       what happened next in the same journey
-- transitions       how often
-- share             of the slice's transitions, 0 to 1
-- customers         customers with it
-- mean_seconds      mean waiting time from one to the other
-- p50_seconds       median waiting time
-- p90_seconds       waiting time that nine in ten do not exceed
-- first_at          when it was first seen, UTC: the later of its two events
-- last_at           when it was last seen
-- channel_switches  how often the customer switched channels with it: the later event
--                   is the customer's own, on another channel than the customer's one
--                   before. In every slice they add up to those of its journeys
-- is_switch         whether the customer switches channels in at least half of them

with switched as (

    select
        slice_set,
        activity_code,
        next_activity_code,
        count(*) as switches
    from int_switches
    group by slice_set, activity_code, next_activity_code

),

per_set as (

    select
        slice_set,
        activity_code,
        next_activity_code,
        sum(wait_us) as wait_us,
        min(occurred_us + wait_us) as first_us,
        max(occurred_us + wait_us) as last_us
    from int_steps
    where next_activity_code is not null
    group by slice_set, activity_code, next_activity_code

),

per_slice as (

    select
        int_slices.slice_code,
        per_set.activity_code,
        per_set.next_activity_code,
        cast(sum(per_set.wait_us) as bigint) as wait_us,
        min(per_set.first_us) as first_us,
        max(per_set.last_us) as last_us,
        cast(coalesce(sum(switched.switches), 0) as bigint) as switches
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    left join switched
        on
            per_set.slice_set = switched.slice_set
            and per_set.activity_code = switched.activity_code
            and per_set.next_activity_code = switched.next_activity_code
    group by
        int_slices.slice_code, per_set.activity_code, per_set.next_activity_code

),

slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_slices

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    earlier.activity as from_activity,
    later.activity as to_activity,
    py_transitions.transitions,
    py_transitions.transitions / cast(
        sum(py_transitions.transitions) over (
            partition by py_transitions.slice_code
        ) as bigint
    ) as share,
    int_path_customers.customers,
    per_slice.wait_us / py_transitions.transitions / 1000000 as mean_seconds,
    py_transitions.p50_us / 1000000 as p50_seconds,
    py_transitions.p90_us / 1000000 as p90_seconds,
    make_timestamptz(per_slice.first_us) as first_at,
    make_timestamptz(per_slice.last_us) as last_at,
    per_slice.switches as channel_switches,
    per_slice.switches * 2 >= py_transitions.transitions as is_switch
from py_transitions
inner join per_slice
    on
        py_transitions.slice_code = per_slice.slice_code
        and py_transitions.activity_code = per_slice.activity_code
        and py_transitions.next_activity_code = per_slice.next_activity_code
inner join slices on py_transitions.slice_code = slices.slice_code
inner join int_activities as earlier
    on py_transitions.activity_code = earlier.activity_code
inner join int_activities as later
    on py_transitions.next_activity_code = later.activity_code
inner join int_path_customers
    on
        int_path_customers.subject = 'transition'
        and py_transitions.slice_code = int_path_customers.slice_code
        and py_transitions.activity_code = int_path_customers.activity_code
        and py_transitions.next_activity_code = int_path_customers.other_activity_code
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    py_transitions.transitions desc,
    earlier.activity asc,
    later.activity asc
