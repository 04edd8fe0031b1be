"""Prediction in the project file: how far ahead, and from how many prefixes."""

from typing import Annotated

from pydantic import Field

from journeymine.config_sources import Section
from journeymine.config_values import Duration


class Prediction(Section):
    """What becomes of journeys in progress within `horizon`.

    By default that is the silence that ends a journey. At most `prefixes` states of
    past journeys are learned from. Without the section nothing is predicted.
    """

    horizon: Duration | None = None
    prefixes: Annotated[int, Field(ge=100, le=1_000_000)] = 60_000
