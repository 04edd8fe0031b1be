"""A made-up shop's exports with planted truth, to try and to test journeymine on."""

from journeymine.sample.generator import generate

__all__ = ["generate"]
