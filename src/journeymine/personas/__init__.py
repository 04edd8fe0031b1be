"""Personas: groups of customers who behave alike, found by k-means.

What a customer does first becomes one vector; customers whose vectors lie close
together are one persona. docs/personas.md says what is guaranteed.
"""

from journeymine.personas.step import make_personas

__all__ = ["make_personas"]
