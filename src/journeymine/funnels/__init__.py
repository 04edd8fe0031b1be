"""Funnels: how far each unit comes, by chains of events in order."""

from journeymine.funnels.step import make_own_units, make_units

__all__ = ["make_own_units", "make_units"]
