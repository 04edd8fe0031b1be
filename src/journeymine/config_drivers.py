"""How the project file has drivers of drop-off looked for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from journeymine.config_funnels import Funnel
from journeymine.config_sources import Section
from journeymine.config_values import Duration


class Drivers(Section):
    """What parts those who go on from a step of a funnel from those who do not.

    Only what happened until the landmark counts: the moment a step was reached, or the
    time `landmark` after it; and no longer ago than `lookback`, by default the funnel's
    window. The `max_activities` most frequent activities are tried, where at least
    `min_units` stand on either side. Without the section no drivers are looked for.
    """

    landmark: Duration | None = None
    lookback: Duration | None = None
    max_activities: Annotated[int, Field(ge=1, le=1000)] = 60
    min_units: Annotated[int, Field(ge=10)] = 30


def check_drivers(drivers: Drivers | None, funnels: Mapping[str, Funnel]) -> None:
    """Refuse a landmark at which the window of a funnel has ended.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    landmark = (drivers and drivers.landmark) or timedelta()
    for name, funnel in funnels.items():
        if landmark >= funnel.window:
            message = (
                f"drivers.landmark: is not before the end of funnels.{name}.window;"
                " choose a shorter time"
            )
            raise ValueError(message)
