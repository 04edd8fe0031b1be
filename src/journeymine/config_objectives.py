"""Objectives in the project file: a target for a metric, to be met by a day."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import Name


class Objective(Section):
    """A target for a metric in one period, to be met by a day.

    `period` is what the metric is told by. `persona`, or one `segment` with its value,
    narrows it. `direction` says which way is better, where the metric's own does not
    hold.
    """

    metric: str
    target: Annotated[float, Field(allow_inf_nan=False)]
    by: date
    period: Literal["month", "week"] | None = None
    direction: Literal["up", "down"] | None = None
    persona: Annotated[str, Field(pattern="^p[1-9][0-9]*$")] | None = None
    segment: Annotated[dict[Name, str], Field(min_length=1, max_length=1)] | None = None
    owner: Annotated[str, Field(min_length=1)] | None = None

    @property
    def slice(self) -> tuple[str, str, str]:
        """Persona, segment and its value, as the tables have them."""
        ((segment, value),) = (self.segment or {"all": "all"}).items()
        return self.persona or "all", segment, value

    @model_validator(mode="after")
    def _has_one_slice(self) -> "Objective":
        if self.persona and self.segment:
            message = "persona and segment stand side by side; keep one of them"
            raise ValueError(message)
        return self


SLICING = ("month", "outcome")
"""Segments that no objective is for: a period has one month, and an outcome one end."""


def check_segments(objectives: Mapping[str, Objective], known: set[str]) -> None:
    """Refuse an objective for a segment that slices nothing.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    for name, objective in objectives.items():
        for segment in objective.segment or {}:
            if segment in SLICING:
                message = f"{segment} slices no objective; choose another segment"
            elif segment not in known:
                message = f"{segment!r} is no segment; add it to segments"
            else:
                continue
            message = f"objectives.{name}.segment: {message}"
            raise ValueError(message)
