"""How each mart may be shared, as declared in `declared.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["open", "people", "sealed", "cells", "flow", "funnel"]


class Part(BaseModel):
    """Counts within a whole. What they leave of it counts as one more.

    Attributes
    ----------
    whole
        The count that they are parts of.
    counts
        The parts.
    takes
        Columns that tell them again: rates, shares, intervals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    whole: str
    counts: tuple[str, ...]
    takes: tuple[str, ...] = ()


class Mart(BaseModel):
    """What the rows of a mart are, and what they add up to.

    Attributes
    ----------
    kind
        open: settings and files, shared as they are; people: a row is of a person, an
        event or a record; sealed: figures that are not shared; cells: counts of people;
        flow: what follows what; funnel: counts of the steps of a funnel.
    within
        Key columns that part tables of their own.
    category
        Key columns whose rows add up to something that is known.
    is_sliced
        Whether it has slices.
    periods
        Key column of periods, where `all` stands for the whole.
    counts
        Counts that stand or fall with their row.
    people
        Which of them counts people; none: each of them has to be large enough.
    implied
        Counts that are no columns, but told by some: name, and how, in SQL.
    parts
        Counts within these.
    follows
        Mart of kind cells in which the row of the same name must stand.
    withheld
        Columns that are never shared.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    within: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    is_sliced: bool = True
    periods: str | None = None
    counts: tuple[str, ...] = ()
    people: str | None = None
    implied: Mapping[str, str] = {}
    parts: tuple[Part, ...] = ()
    follows: str | None = None
    withheld: tuple[str, ...] = ()


SEALED = Mart(kind="sealed")
"""What becomes of a mart that nobody has declared."""


@cache
def declared_marts() -> Mapping[str, Mart]:
    """Read the declarations."""
    text = (files(__package__) / "declared.toml").read_text(encoding="utf-8")
    return {name: Mart(**settings) for name, settings in tomllib.loads(text).items()}


def declared(name: str) -> Mart:
    """Return how a mart may be shared."""
    return declared_marts().get(name, SEALED)
