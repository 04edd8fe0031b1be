"""Which paths are looked for: `[patterns]`, and what lies around anchors: `[paths]`."""

from typing import Annotated

from pydantic import AfterValidator, Field

from journeymine.config_sources import Section
from journeymine.config_values import Activities
from journeymine.patterns.language import parse


def _is_a_pattern(value: str) -> str:
    parse(value)  # says what is wrong with it, and where
    return value


PathPattern = Annotated[str, AfterValidator(_is_a_pattern)]
"""A pattern in the path language: `cart -> !checkout* -> support`."""


class Paths(Section):
    """Around which activities paths are shown, and how many steps of them.

    Without `anchors` the goals of `[journey]` are the anchors.
    """

    anchors: Activities | None = None
    steps: Annotated[int, Field(ge=1, le=20)] = 5
