-- How often one activity followed another day by day, in the whole and in the slices
-- that drift is looked for in.
-- key: slice_code, day, activity_code, next_activity_code
--
-- slice_code          number of the slice
-- day                 in the project's zone
-- activity_code       what happened first; 0 for what is before the start
-- next_activity_code  what happened next, if in time; 0 for nothing
-- trials              how often, at most once per journey, activity and day

with per_set as (

    select
        slice_set,
        day,
        activity_code,
        next_activity_code,
        count(*) as trials
    from int_drift_trials
    group by slice_set, day, activity_code, next_activity_code

)

select
    int_drift_slices.slice_code,
    per_set.day,
    per_set.activity_code,
    per_set.next_activity_code,
    cast(sum(per_set.trials) as bigint) as trials
from per_set
inner join int_drift_slices on per_set.slice_set = int_drift_slices.slice_set
group by
    int_drift_slices.slice_code,
    per_set.day,
    per_set.activity_code,
    per_set.next_activity_code
order by
    int_drift_slices.slice_code,
    per_set.day,
    per_set.activity_code,
    per_set.next_activity_code
