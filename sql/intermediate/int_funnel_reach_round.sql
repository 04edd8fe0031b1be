-- What one round reached: one row per unit with a chain to step $k.
-- key: funnel, unit_code, step_index
--
-- funnel              name of the funnel
-- unit_code           unit that the funnel counts
-- step_index          the step, $k
-- entry_us            entry of its latest chain to the step; null if only another way
--                     of counting ties reaches it
-- event_number        event at which that chain reaches the step; of several, the last
-- is_strict           whether a chain reaches the step if a tie satisfies no order
-- is_interchangeable  whether one does if a tie satisfies any order
-- is_mature           whether a chain does whose entry's window has ended

select
    funnel,
    unit_code,
    cast($k as integer) as step_index,
    max(entry_us) as entry_us,
    arg_max(event_number, (entry_us, event_number)) filter (where entry_us is not null)
        as event_number,
    bool_or(entry_strict_us is not null) as is_strict,
    bool_or(entry_interchangeable_us is not null) as is_interchangeable,
    bool_or(entry_mature_us is not null) as is_mature
from int_funnel_chain
group by funnel, unit_code
