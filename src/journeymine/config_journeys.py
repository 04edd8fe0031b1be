"""Where journeys start and end: `[journey]`, and further kinds as `[journeys]`."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import Activities, Duration, Name, one_or_more


class _Ends(Section):
    """What ends a journey, and so what no other end may name."""

    goal: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()
    exits: dict[Name, Activities] = Field(default_factory=dict)

    @property
    def ends(self) -> list[str]:
        """The activities that end a journey."""
        return [*self.goal, *(name for exit_ in self.exits.values() for name in exit_)]

    @model_validator(mode="after")
    def _ends_are_apart(self) -> "_Ends":
        for activity in self.ends:
            if self.ends.count(activity) > 1:
                message = f"{activity!r} ends a journey in two ways; keep one of them"
                raise ValueError(message)
        return self


class Journey(_Ends):
    """Where a journey ends, and which of its events are no steps of its path.

    Of `collapse`, runs of the same activity are one step; `noise` is none at all.
    """

    inactivity: Literal["learned"] | Duration = timedelta(days=30)
    session_gap: Duration = timedelta(minutes=30)
    case: str | None = None
    value: Annotated[float, Field(gt=0)] | None = None
    collapse: Literal["all"] | Activities = ()
    noise: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()

    @model_validator(mode="after")
    def _ends_are_no_noise(self) -> "Journey":
        for activity in self.noise:
            if activity in self.ends:
                message = f"noise: {activity!r} ends a journey; keep one of the two"
                raise ValueError(message)
        return self


class FurtherJourney(_Ends):
    """A further kind of journey on the same events.

    `inactivity` is that of `[journey]` unless set. Without `start` any event opens
    one, as in `[journey]`.
    """

    start: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()
    inactivity: Duration | None = None

    @model_validator(mode="after")
    def _starts_end_nothing(self) -> "FurtherJourney":
        for activity in self.start:
            if activity in self.ends:
                message = f"{activity!r} starts and ends a journey; keep one of them"
                raise ValueError(message)
        return self


def check_kinds(kinds: Collection[str], funnels: Mapping[str, tuple[str, str]]) -> None:
    """Refuse a kind called `main`, and a funnel (kind, unit) that cannot count it.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    if "main" in kinds:
        message = "journeys.main: that is [journey]; choose another name"
        raise ValueError(message)
    for name, (kind, unit) in funnels.items():
        if kind not in ("main", *kinds):
            message = (
                f"funnels.{name}.journey: {kind!r} is none of [journeys]; define it, or"
                " leave it out"
            )
            raise ValueError(message)
        if kind != "main" and unit != "journey":
            message = f'funnels.{name}.journey: needs unit = "journey"; add it'
            raise ValueError(message)
