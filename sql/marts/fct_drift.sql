-- When the process changed: as a whole, and transition by transition.
-- key: persona, segment, segment_value, scope, from_activity, to_activity, changed_on
--
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- scope            process for the shares of all transitions together, or transition
-- from_activity    what happened first; `$start` before the start of a journey; `all`
--                  for the process
-- to_activity      what happened next; `$none` for nothing within the time of [drift];
--                  `all` for the process
-- changed_on       first day on which it was otherwise
-- earliest_on      the change lies between this day, with a probability of 95 %
-- latest_on        and this one
-- journeys_before  how often journeys were at from_activity since the change before, at
--                  most once a day each; null for the process
-- journeys_after   how often they were until the change after
-- rate_before      share of those of before that went on with to_activity
-- rate_after       share of those of after
-- difference       rate_after - rate_before
-- p_value          chance of one as marked anywhere in a process that never changes, as
--                  far as it can be told: never below 0.005
-- finding          the change in words

with slices as (

    select distinct
        slice_code,
        persona,
        segment,
        segment_value
    from int_drift_slices

),

changes as (

    select
        slices.persona,
        slices.segment,
        slices.segment_value,
        case when py_drift.activity_code is null then 'process' else 'transition' end
            as scope,
        case
            when py_drift.activity_code is null then 'all'
            else coalesce(earlier.activity, '$start')
        end as from_activity,
        case
            when py_drift.activity_code is null then 'all'
            else coalesce(later.activity, '$none')
        end as to_activity,
        py_drift.changed_on,
        py_drift.earliest_on,
        py_drift.latest_on,
        py_drift.trials_before as journeys_before,
        py_drift.trials_after as journeys_after,
        py_drift.cases_before / nullif(py_drift.trials_before, 0) as rate_before,
        py_drift.cases_after / nullif(py_drift.trials_after, 0) as rate_after,
        py_drift.p_value
    from py_drift
    inner join slices on py_drift.slice_code = slices.slice_code
    left join int_activities as earlier
        on py_drift.activity_code = earlier.activity_code
    left join int_activities as later
        on py_drift.next_activity_code = later.activity_code

)

select
    persona,
    segment,
    segment_value,
    scope,
    from_activity,
    to_activity,
    changed_on,
    earliest_on,
    latest_on,
    journeys_before,
    journeys_after,
    rate_before,
    rate_after,
    rate_after - rate_before as difference,
    p_value,
    case
        when scope = 'process' then 'The process changed on ' || changed_on
        else
            format(
                '{}: {:.1f} % before {}, {:.1f} % since',
                case
                    when from_activity = '$start'
                        then 'Journeys start with ' || to_activity
                    when to_activity = '$none'
                        then from_activity || ' is followed by nothing in time'
                    else from_activity || ' is followed by ' || to_activity
                end,
                100 * rate_before,
                cast(changed_on as varchar),
                100 * rate_after
            )
    end as finding
from changes
order by
    persona,
    segment,
    segment_value,
    scope,
    from_activity,
    to_activity,
    changed_on
