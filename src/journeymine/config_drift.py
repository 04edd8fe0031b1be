"""How the project file has changes in the course of time looked for."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator

from journeymine.config_sources import Section
from journeymine.config_values import Duration, Name, one_or_more


class Drift(Section):
    """How changes in the course of time are looked for.

    A step that is not followed by another one `within` this time counts as followed by
    none. `bin` is what the time is cut into; `auto` takes days up to 28 of them, else
    weeks. `by` names segments whose values are looked at too.
    """

    within: Duration = timedelta(days=1)
    bin: Literal["auto", "day", "week"] = "auto"
    by: Annotated[tuple[Name, ...], BeforeValidator(one_or_more)] = ()
