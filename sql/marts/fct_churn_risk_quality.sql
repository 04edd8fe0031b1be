-- How good the risk to churn was: learned from what was known up to a moment, tried on
-- the customers of that moment. Empty without `risk` in [churn].
-- key: basis
--
-- basis          model; or what it is held against: base_rate (the share of all states
--                that left), recency (of those with the same silence, in tenths of the
--                horizon)
-- learned        states that it learned from; a customer has one per moment
-- tried          customers that it was tried on
-- churned        of those, how many had left
-- churn_rate     churned / tried
-- mean_risk      what was told of them, on average
-- auc            chance that one who left was held for likelier to than one who stayed;
--                0.5 is no better than a coin
-- brier          mean squared error of the risk
-- log_loss       mean negative logarithm of the probability of what happened
-- gain           how much lower the model's Brier score is than that of this basis;
--                null for the model
-- gain_low       lower end of its 95 % interval
-- gain_high      upper end
-- has_claim      whether the model beats the base rate: that interval is above 0; else
--                no risk is told. Null for baselines
-- reason         why it has no claim; null if it has
-- learned_until  moment of the trial: nothing known later was learned from, UTC

select
    basis,
    learned,
    tried,
    lost as churned,
    lost / nullif(tried, 0) as churn_rate,
    told as mean_risk,
    auc,
    brier,
    log_loss,
    gain,
    gain_low,
    gain_high,
    has_claim,
    reason,
    make_timestamptz(split_us) as learned_until
from py_churn_trials
where bin = 0
order by basis
