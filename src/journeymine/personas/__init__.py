"""Personas: groups of customers who behave alike, found by k-means.

What a customer does first becomes one vector; customers whose vectors lie close
together are one persona. What a persona reaches and where it suffers is told from the
metrics, once they are built. docs/personas.md says what is guaranteed.
"""

from journeymine.personas.contrasts import make_contrasts
from journeymine.personas.offers import make_offers
from journeymine.personas.step import make_personas
from journeymine.personas.typical import make_typical

__all__ = ["make_contrasts", "make_offers", "make_personas", "make_typical"]
