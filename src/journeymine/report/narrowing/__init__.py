"""A narrower report: the tables of one persona, segment, month or funnel.

The sections ask for everyone (`persona = 'all'`, `segment = 'all'`). A narrower page
puts views before the tables, in which the rows of the part stand as everyone; so no
section knows of it, and its figures are those of the published rows.
"""

from journeymine.report.narrowing.part import EVERYTHING, Part
from journeymine.report.narrowing.views import Narrowed, narrow

__all__ = ["EVERYTHING", "Narrowed", "Part", "narrow"]
