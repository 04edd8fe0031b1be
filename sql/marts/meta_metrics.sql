-- The metrics of the project: what each is, and the query that gives its value.
-- key: metric
--
-- metric     name, as an objective has it
-- words      what it is
-- unit       share, days, points, ...
-- direction  which way is better: up or down
-- query      SQL over published tables that gives the value of `$persona`, `$segment`
--            and `$segment_value`; of the days from `$since` on until before
--            `$until`, or, where a unit counts in each period that it enters, of
--            `$period_kind` and the period called `$label`

select
    metric,
    words,
    unit,
    direction,
    query
from cfg_metrics
order by metric
