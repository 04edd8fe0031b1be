-- Whether the model's probabilities meant what they said: later states in ten groups of
-- equal size, by the probability that they were given, and how many became so.
-- key: target, bin
--
-- target            converted, exited, abandoned or in_progress
-- bin               group, from 1 (the least probable)
-- tried             states in it
-- cases             of those, how many became so
-- mean_probability  what was told of them, on average
-- case_rate         what happened
-- case_rate_low     lower end of its 95 % interval
-- case_rate_high    upper end

select
    target,
    bin,
    tried,
    cases,
    told as mean_probability,
    cases / nullif(tried, 0) as case_rate,
    wilson_low(cases, tried) as case_rate_low,
    wilson_high(cases, tried) as case_rate_high
from py_prediction_trials
where bin > 0
order by target, bin
