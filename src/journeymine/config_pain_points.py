"""How pain points are looked for, and what it would take to mend them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from journeymine.config_funnels import Funnel
from journeymine.config_sources import Section

Effort = Annotated[float, Field(gt=0, allow_inf_nan=False)]
"""Days, or any other measure that is the same for all."""


class PainPoints(Section):
    """Of how few anything is said, and what share of the findings may be false.

    Without the section, or without a goal, no pain points are looked for.
    """

    min_customers: Annotated[int, Field(ge=10)] = 30
    fdr: Annotated[float, Field(gt=0, le=0.5)] = 0.05


def check_efforts(efforts: Mapping[str, Effort], funnels: Mapping[str, Funnel]) -> None:
    """Refuse an effort for a step that a funnel does not have.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    for anchor in efforts:
        name, _, step = anchor.partition(".")
        if name in funnels and step not in funnels[name].titles:
            titles = ", ".join(funnels[name].titles)
            message = (
                f"efforts: {anchor!r} is no step of funnels.{name}; it has {titles}"
            )
            raise ValueError(message)
