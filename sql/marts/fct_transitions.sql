-- Transitions per slice of journeys: which activity directly follows which.
-- key: persona, segment, segment_value, from_activity, to_activity
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- from_activity  what happened first
-- to_activity    what happened next in the same journey
-- transitions    how often
-- customers      customers with it
-- mean_seconds   mean waiting time from one to the other
-- p50_seconds    median waiting time
-- p90_seconds    waiting time that nine in ten do not exceed

select
    py_transitions.persona,
    py_transitions.segment,
    py_transitions.segment_value,
    earlier.activity as from_activity,
    later.activity as to_activity,
    py_transitions.transitions,
    py_transitions.customers,
    py_transitions.wait_us / py_transitions.transitions / 1000000 as mean_seconds,
    py_transitions.p50_us / 1000000 as p50_seconds,
    py_transitions.p90_us / 1000000 as p90_seconds
from py_transitions
inner join int_activities as earlier
    on py_transitions.activity_code = earlier.activity_code
inner join int_activities as later
    on py_transitions.next_activity_code = later.activity_code
order by
    py_transitions.persona asc,
    py_transitions.segment asc,
    py_transitions.segment_value asc,
    py_transitions.transitions desc,
    earlier.activity asc,
    later.activity asc
