-- How soon attempts end, per slice of customers and cause: curves over four timeouts.
-- At each time the incidences of a slice sum to 1.
-- key: attempt_kind, persona, segment, segment_value, cause, seconds
--
-- attempt_kind               as the project file names it
-- persona                    `all`, or the persona
-- segment                    `all`, or the segment
-- segment_value              `all`, or its value
-- cause                      converted, a competing exit, silence; in_progress: what is
--                            still open then
-- seconds                    time since the attempt was opened; silence is known only
--                            when the timeout has passed
-- at_risk                    attempts seen until then without an end
-- ended                      attempts that had ended so by then; in_progress: 0
-- cumulative_incidence       share that has ended so by then (Aalen and Johansen 1978);
--                            null where no attempt was seen for so long
-- cumulative_incidence_low   its 95 % interval, over customers
-- cumulative_incidence_high  its 95 % interval, over customers

select
    attempt_kind,
    persona,
    segment,
    segment_value,
    cause,
    time_us / 1000000 as seconds,
    at_risk,
    ended,
    incidence as cumulative_incidence,
    incidence_low as cumulative_incidence_low,
    incidence_high as cumulative_incidence_high
from py_attempt_incidence
where period = 'all' and time_us is not null
order by attempt_kind, persona, segment, segment_value, cause, seconds
