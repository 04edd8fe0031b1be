"""Churn risk: who of the customers of today is leaving, why, and how far to trust it.

States of customers at moments of the past are what it learns from. What it tells is
tried first on states that are later than all it learned from. docs/churn-risk.md says
how.
"""

from journeymine.churn_risk.step import make_churn_risk, make_churn_trials

__all__ = ["make_churn_risk", "make_churn_trials"]
