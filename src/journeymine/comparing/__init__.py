"""Comparing journeys: two groups, two spans of time, and changes in the course of time.

docs/comparisons.md says what is compared, and what is guaranteed.
"""

from journeymine.comparing.differences import make_differences
from journeymine.comparing.distances import make_distances
from journeymine.comparing.drift import make_drift

__all__ = ["make_differences", "make_distances", "make_drift"]
