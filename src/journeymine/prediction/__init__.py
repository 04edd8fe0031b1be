"""Prediction: what becomes of journeys in progress, and how far that can be trusted.

States of past journeys are what it learns from, as they were seen at moments of the
past. What it tells is tried on later states first, beside simple baselines.
docs/prediction.md says how.
"""

from journeymine.prediction.step import make_predictions, make_trials

__all__ = ["make_predictions", "make_trials"]
