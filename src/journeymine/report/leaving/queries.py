"""What this section asks the published tables."""

ABANDONMENT = """
select
    attempt_kind, persona, cause, attempts,
    cumulative_incidence, cumulative_incidence_low, cumulative_incidence_high,
    recoverable, recovered, recovered_converted,
    recovery_rate, recovery_rate_low, recovery_rate_high
from fct_abandonment
where segment = 'all'
order by attempt_kind, persona, cumulative_incidence desc, cause
"""

ABANDONMENT_TIMES = """
select
    attempt_kind, persona, cause, seconds,
    cumulative_incidence, cumulative_incidence_low, cumulative_incidence_high
from fct_abandonment_times
where segment = 'all' and cause <> 'in_progress'
order by attempt_kind, persona, cause, seconds
"""

CHURN = """
select
    persona, period, at_risk, churned, active, undetermined, resurrected, settled,
    churn_rate, churn_rate_low, churn_rate_high
from fct_churn
where segment = 'all' and at_risk > 0
order by persona, period
"""

STAYING = """
select
    persona, period_index, at_risk, churned, hazard, hazard_low, hazard_high,
    survival, survival_low, survival_high
from fct_churn_hazard
where segment = 'all'
order by persona, period_index
"""

RETENTION = """
select
    persona, cohort, period_index, customers, active, at_risk, is_final,
    retention_rate, retention_rate_low, retention_rate_high,
    at_risk_rate, at_risk_rate_low, at_risk_rate_high
from fct_retention
where segment = 'all'
order by persona, cohort, period_index
"""

RETENTION_CURVE = """
select
    persona, period_index, cohorts, customers,
    retention_rate, retention_rate_low, retention_rate_high,
    unbounded_rate, unbounded_rate_low, unbounded_rate_high
from fct_retention_curve
where segment = 'all'
order by persona, period_index
"""

RISK_QUALITY = """
select
    basis, tried, churned, churn_rate, auc, brier, gain, gain_low, gain_high,
    has_claim, reason
from fct_churn_risk_quality
order by basis
"""

CALIBRATION = """
select bin, tried, churned, mean_risk, churn_rate, churn_rate_low, churn_rate_high
from fct_churn_risk_calibration
order by bin
"""

AT_RISK = """
select risk_decile, count(*) as customers, avg(risk) as mean_risk, sum(risk) as expected
from fct_churn_risk
where risk is not null and is_open
group by risk_decile
order by risk_decile desc
"""

LIKELIEST = """
select customer_id, risk, reason_1, reason_2, reason_3
from fct_churn_risk
where risk is not null and is_open
order by risk desc, customer_id
"""
