"""Paths: the activities of each journey in order, and what directly follows what."""

from journeymine.paths.journeys import make_paths
from journeymine.paths.transitions import make_transitions

__all__ = ["make_paths", "make_transitions"]
