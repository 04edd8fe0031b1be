"""Small cells: what is withheld from the shared tables, and what must go with it."""

from journeymine.small_cells.sharing import share

__all__ = ["share"]
