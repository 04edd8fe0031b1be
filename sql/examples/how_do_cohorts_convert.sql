-- How well do those convert who entered in each month, and is the last month worse?
-- Look at: `conversion_rate` with its interval. `rate_observed` of the last months is
-- always low, because `in_progress` have not had their time: do not compare it.
-- key: funnel, period
--
-- funnel                 name in the project file
-- period                 month of the entry
-- entered                who entered
-- in_progress            of those, who still have time
-- rate_observed          converted so far / entered
-- rate_mature            of those whose time is over, who converted
-- conversion_rate        the headline, those on their way taken into account
-- conversion_rate_low    its 95 % interval
-- conversion_rate_high   its 95 % interval
-- conversion_rate_basis  which rate it is

select
    funnel,
    period,
    entered,
    in_progress,
    rate_observed,
    rate_mature,
    conversion_rate,
    conversion_rate_low,
    conversion_rate_high,
    conversion_rate_basis
from fct_conversion
where period <> 'all' and persona = 'all' and segment = 'all'
order by funnel, period
