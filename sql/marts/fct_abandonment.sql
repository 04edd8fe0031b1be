-- How attempts end, per slice of customers. The incidences of a slice sum to 1.
-- key: attempt_kind, persona, segment, segment_value, cause
--
-- attempt_kind               as the project file names it
-- persona                    `all`, or the persona
-- segment                    `all`, or the segment
-- segment_value              `all`, or its value
-- cause                      converted, a competing exit, silence, or in_progress
-- attempts                   attempts that ended so; in_progress: not yet known
-- cumulative_incidence       share that ends so in the end (Aalen and Johansen 1978);
--                            in_progress: what the data leaves open
-- cumulative_incidence_low   its 95 % Wilson interval over the settled attempts
-- cumulative_incidence_high  its 95 % Wilson interval over the settled attempts
-- recovered                  of those, followed by an intent or goal in time
-- recovered_converted        of those, the ones that led to the goal

with counted as (

    select
        attempt_kind,
        persona,
        segment,
        segment_value,
        cause,
        cast(sum(attempts) as bigint) as attempts,
        cast(sum(recovered) as bigint) as recovered,
        cast(sum(recovered_converted) as bigint) as recovered_converted
    from int_attempt_slices
    group by attempt_kind, persona, segment, segment_value, cause

)

select
    py_attempt_incidence.attempt_kind,
    py_attempt_incidence.persona,
    py_attempt_incidence.segment,
    py_attempt_incidence.segment_value,
    py_attempt_incidence.cause,
    coalesce(counted.attempts, 0) as attempts,
    py_attempt_incidence.incidence as cumulative_incidence,
    case
        when py_attempt_incidence.cause <> 'in_progress'
            then
                wilson_low(
                    py_attempt_incidence.incidence * py_attempt_incidence.settled,
                    py_attempt_incidence.settled
                )
    end as cumulative_incidence_low,
    case
        when py_attempt_incidence.cause <> 'in_progress'
            then
                wilson_high(
                    py_attempt_incidence.incidence * py_attempt_incidence.settled,
                    py_attempt_incidence.settled
                )
    end as cumulative_incidence_high,
    coalesce(counted.recovered, 0) as recovered,
    coalesce(counted.recovered_converted, 0) as recovered_converted
from py_attempt_incidence
left join counted
    on
        py_attempt_incidence.attempt_kind = counted.attempt_kind
        and py_attempt_incidence.persona = counted.persona
        and py_attempt_incidence.segment = counted.segment
        and py_attempt_incidence.segment_value = counted.segment_value
        and py_attempt_incidence.cause = counted.cause
order by
    py_attempt_incidence.attempt_kind,
    py_attempt_incidence.persona,
    py_attempt_incidence.segment,
    py_attempt_incidence.segment_value,
    py_attempt_incidence.cause
