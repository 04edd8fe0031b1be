"""Drivers: what parts those who go on in a funnel from those who do not.

docs/drivers.md says what is compared, and what is guaranteed.
"""

from journeymine.drivers.attempts import make_attempts
from journeymine.drivers.exposures import make_exposures
from journeymine.drivers.step import make_drivers

__all__ = ["make_attempts", "make_drivers", "make_exposures"]
