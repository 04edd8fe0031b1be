"""What to mend first: where more is lost than expected, and what mending would bring.

docs/what-to-fix.md says how it is found, and what is guaranteed.
"""

from journeymine.pain_points.scenarios import make_scenarios
from journeymine.pain_points.step import make_pain_points

__all__ = ["make_pain_points", "make_scenarios"]
