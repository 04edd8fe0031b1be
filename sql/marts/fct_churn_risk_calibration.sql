-- Whether the risk meant what it said: customers of the latest moment whose outcome is
-- known, in ten groups of equal size by the risk they were given, and how many left.
-- key: bin
--
-- bin              group, from 1 (the least risk)
-- tried            customers in it
-- churned          of those, how many had left
-- mean_risk        what was told of them, on average
-- churn_rate       what happened: churned / tried
-- churn_rate_low   lower end of its 95 % interval (Wilson)
-- churn_rate_high  upper end

select
    bin,
    tried,
    lost as churned,
    told as mean_risk,
    lost / nullif(tried, 0) as churn_rate,
    wilson_low(lost, tried) as churn_rate_low,
    wilson_high(lost, tried) as churn_rate_high
from py_churn_trials
where bin > 0
order by bin
