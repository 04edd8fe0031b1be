-- How good predictions were: learned from what was known at a moment, tried on later
-- states of journeys, one per customer. Empty without [prediction], or if too few
-- journeys were settled.
-- key: target, basis
--
-- target              outcome (all four), converted, exited, abandoned, in_progress,
--                     next_activity or time_to_conversion
-- basis               model; or what it has to beat: markov (the chain of activities),
--                     last_activity (states with the same one), base_rate (all states)
-- learned             states that it learned from
-- tried               states that it was tried on
-- cases               of those, how many became so; null for several classes
-- case_rate           the share of those
-- mean_probability    what was told on average; null for several classes
-- auc                 chance that a case was held for likelier than another state; 0.5
--                     is no better than a coin; null for several classes
-- brier               mean squared error of the probabilities; of several classes,
--                     their sum; null for times
-- log_loss            mean negative logarithm of the probability of what happened
-- rmse_seconds        root of the mean squared error; null unless of times
-- gain                how much less the model loses than the baseline it beats least,
--                     in brier; for times in squared days; null for baselines
-- gain_low            lower end of its 95 % interval
-- gain_high           upper end
-- is_better           whether the model beats every baseline: the interval is above 0,
--                     and at least 20 states became so and 20 did not
-- learned_until       moment of the split: nothing known later was learned from, UTC

select
    target,
    basis,
    learned,
    tried,
    cases,
    cases / nullif(tried, 0) as case_rate,
    told as mean_probability,
    auc,
    brier,
    log_loss,
    rmse_us / 1000000 as rmse_seconds,
    gain,
    gain_low,
    gain_high,
    is_better,
    make_timestamptz(split_us) as learned_until
from py_prediction_trials
where bin = 0
order by target, basis
