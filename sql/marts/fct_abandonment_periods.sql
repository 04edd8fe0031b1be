-- How attempts end, per slice of customers and month of opening. The incidences of a
-- slice and month sum to 1; months that have just passed are still open.
-- key: attempt_kind, period, persona, segment, segment_value, cause
--
-- attempt_kind               as the project file names it
-- period                     first day of the month in which attempts were opened
-- persona                    `all`, or the persona
-- segment                    `all`, or the segment
-- segment_value              `all`, or its value
-- cause                      converted, a competing exit, silence, or in_progress
-- attempts                   attempts that ended so; in_progress: not yet known
-- cumulative_incidence       share that ends so in the end (Aalen and Johansen 1978);
--                            in_progress: what the data leaves open
-- cumulative_incidence_low   its 95 % interval, over customers
-- cumulative_incidence_high  its 95 % interval, over customers
-- recoverable                of those, abandoned so long ago that it is known whether
--                            they were recovered
-- recovered                  of those, followed by an intent or goal in time
-- recovered_converted        of those, the ones that led to the goal
-- recovery_rate              recovered / recoverable; null where nothing can be
-- recovery_rate_low          its 95 % Wilson interval
-- recovery_rate_high         its 95 % Wilson interval

select
    ends.attempt_kind,
    ends.period,
    ends.persona,
    ends.segment,
    ends.segment_value,
    ends.cause,
    coalesce(counts.attempts, 0) as attempts,
    ends.incidence as cumulative_incidence,
    ends.incidence_low as cumulative_incidence_low,
    ends.incidence_high as cumulative_incidence_high,
    coalesce(counts.recoverable, 0) as recoverable,
    coalesce(counts.recovered, 0) as recovered,
    coalesce(counts.recovered_converted, 0) as recovered_converted,
    counts.recovered / nullif(counts.recoverable, 0) as recovery_rate,
    wilson_low(counts.recovered, counts.recoverable) as recovery_rate_low,
    wilson_high(counts.recovered, counts.recoverable) as recovery_rate_high
from py_attempt_incidence as ends
left join int_attempt_counts as counts
    on
        ends.attempt_kind = counts.attempt_kind
        and ends.period = counts.period
        and ends.persona = counts.persona
        and ends.segment = counts.segment
        and ends.segment_value = counts.segment_value
        and ends.cause = counts.cause
where ends.period <> 'all'
order by
    ends.attempt_kind,
    ends.period,
    ends.persona,
    ends.segment,
    ends.segment_value,
    ends.cause
