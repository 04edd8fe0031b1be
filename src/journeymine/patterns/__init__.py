"""Paths: a language that selects journeys, and what often comes in which order."""
