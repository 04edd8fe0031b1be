"""Probable identity in the project file: which records are compared, and by what."""

from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import Name

Kind = Literal["name", "date", "text", "email"]
"""How two values are compared: each kind has its own degrees of likeness."""

FEWEST = 3
"""Attributes to compare: pairs are chosen by one, and two are left to learn from."""


class Linkage(Section):
    """Which records may be of one person though they share no identifier.

    Attributes
    ----------
    identifier
        Type of identifier whose values are the records.
    compare
        Attribute -> kind of its values.
    block_on
        Two records are compared if they agree in all attributes of one of these
        rules; none: see `rules`.
    threshold
        Probability from which on two records are linked.
    """

    identifier: Name
    compare: dict[str, Kind]
    block_on: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()
    threshold: Annotated[float, Field(ge=0.5, lt=1)] = 0.95

    @property
    def rules(self) -> tuple[tuple[str, ...], ...]:
        """What two records must agree in to be compared, one of these at least.

        Default: an e-mail address alone, and every two of the other attributes; of
        three attributes in all, each alone.
        """
        if self.block_on:
            return self.block_on
        if len(self.compare) == FEWEST:
            return tuple((attribute,) for attribute in self.compare)
        others = [name for name, kind in self.compare.items() if kind != "email"]
        emails = [(name,) for name, kind in self.compare.items() if kind == "email"]
        return (*emails, *combinations(others, 2))

    @property
    def lessons(self) -> tuple[tuple[str, ...], ...]:
        """Rules whose pairs teach how the other attributes differ: two at least."""
        return tuple(
            rule for rule in self.rules if len(self.compare.keys() - set(rule)) > 1
        )

    @model_validator(mode="after")
    def _can_be_learned(self) -> "Linkage":
        if len(self.compare) < FEWEST:
            message = (
                f"compare: {len(self.compare)} attributes are too few to tell people"
                f" apart; name {FEWEST} or more"
            )
            raise ValueError(message)
        for rule in self.block_on:
            for attribute in rule:
                if attribute not in self.compare:
                    message = f"block_on: {attribute!r} is not compared; add it there"
                    raise ValueError(message)
        for attribute in self.compare:
            if all(attribute in rule for rule in self.lessons):
                message = (
                    f"block_on: nothing teaches how {attribute!r} differs; add a rule"
                    f" without it that leaves out two attributes"
                )
                raise ValueError(message)
        return self
