"""Tables of counts, and which counts are of too few."""

from collections.abc import Mapping

Cell = tuple[str, str]
Table = Mapping[Cell, int]
"""Counts by row and column. A cell that is not there is none, or withheld."""


def is_small(count: int, least: int) -> bool:
    """Whether a count is of too few, and of some."""
    return 0 < count < least
