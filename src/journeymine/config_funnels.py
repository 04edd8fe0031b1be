"""Funnels in the project file: steps to a goal, and what counts as going through."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from journeymine.config_funnel_dialects import (
    DialectMode,
    DialectName,
    with_defaults,
    wrong_dialect,
)
from journeymine.config_sources import Section
from journeymine.config_values import Activities, Duration, Name, one_or_more

MOST_STEPS = 60
"""An event's steps are bits of one number."""

MOST_OPTIONAL = 6
"""Each doubles the ways through a funnel, and all of them are tried."""


def _day_or_moment(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    message = (
        f"{value} is no day and no moment with a zone; write for example 2024-07-01"
        " or 2024-07-01T00:00:00Z, without quotes"
    )
    raise ValueError(message)


Names = Annotated[tuple[str, ...], BeforeValidator(one_or_more)]
Limit = Annotated[date | datetime, BeforeValidator(_day_or_moment)]
"""A day, which begins in the project's zone, or a moment."""


class FunnelStep(Section):
    """A step: any of its activities.

    `within` is the time since the event that was matched before. A funnel may be gone
    through without an `optional` step.
    """

    any: Activities
    optional: bool = False
    within: Duration | None = None
    name: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _may_be_names(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"any": value}

    @property
    def title(self) -> str:
        """What the tables call the step."""
        return self.name or " or ".join(self.any)


class Exclusions(Section):
    """Activities that end an attempt, and those that take the unit out of a funnel."""

    end_attempt: Names = ()
    drop_unit: Names = ()


class Funnel(Section):
    """Steps to a goal.

    `from` and `until` bound the entry, not the conversion. Events chain only where they
    agree in all attributes of `hold`. A `dialect` counts as that system does;
    `dialect_modes` are options of ClickHouse's windowFunnel.
    """

    steps: Annotated[tuple[FunnelStep, ...], Field(min_length=2, max_length=MOST_STEPS)]
    window: Duration = timedelta(days=14)
    entry: Literal["any", "first", "attempts"] = "any"
    mode: Literal["ordered", "direct", "unordered"] = "ordered"
    ties: Literal["interchangeable", "strict", "source_order"] = "interchangeable"
    unit: Literal["customer", "journey", "session"] = "customer"
    journey: Name = "main"
    exclusions: Exclusions = Exclusions()
    hold: Names = ()
    from_: Annotated[Limit | None, Field(alias="from")] = None
    until: Limit | None = None
    dialect: DialectName | None = None
    dialect_modes: Annotated[tuple[DialectMode, ...], BeforeValidator(one_or_more)] = ()

    @property
    def optional(self) -> tuple[int, ...]:
        """Positions of the optional steps, from 0."""
        return tuple(place for place, step in enumerate(self.steps) if step.optional)

    @property
    def titles(self) -> list[str]:
        """What the tables call the steps; without an order, how many are done."""
        if self.mode == "unordered":
            number = len(self.steps)
            return [f"any {done} of {number}" for done in range(1, number + 1)]
        return [step.title for step in self.steps]

    def limits(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return the first moment of an entry, and that from which there is none."""
        return _moment(self.from_, zone), _moment(self.until, zone)

    @model_validator(mode="before")
    @classmethod
    def _supposes(cls, settings: object) -> object:
        return with_defaults(settings)

    @model_validator(mode="after")
    def _makes_sense(self) -> "Funnel":
        for message in (
            *_wrong_optional(self),
            *_wrong_within(self),
            *_wrong_order(self),
            *_wrong_exclusions(self),
            *wrong_dialect(self),
        ):
            raise ValueError(message)
        return self


def check_limits(funnels: Mapping[str, Funnel], zone: ZoneInfo) -> None:
    """Refuse a funnel that nothing can enter.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    for name, funnel in funnels.items():
        start, end = funnel.limits(zone)
        if start and end and start >= end:
            message = f"funnels.{name}.until: is not after `from`; choose a later one"
            raise ValueError(message)


def _moment(limit: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    if limit is None or isinstance(limit, datetime):
        return limit
    return datetime.combine(limit, time(), zone).astimezone(UTC)


def _wrong_optional(funnel: Funnel) -> Iterable[str]:
    optional = funnel.optional
    if {0, len(funnel.steps) - 1} & {*optional}:
        yield "steps: the first and the last step cannot be optional; make it required"
    if any(after - before == 1 for before, after in pairwise(optional)):
        yield (
            "steps: two optional steps stand in a row; make one required, or one step"
            " of both"
        )
    if len(optional) > MOST_OPTIONAL:
        yield f"steps: more than {MOST_OPTIONAL} are optional; make some required"


def _wrong_within(funnel: Funnel) -> Iterable[str]:
    if funnel.steps[0].within:
        yield "steps: nothing comes before the first step; leave its `within` out"


def _wrong_order(funnel: Funnel) -> Iterable[str]:
    if funnel.mode != "unordered":
        return
    if funnel.optional:
        yield "steps: an unordered funnel has no optional step; leave `optional` out"
    if any(step.within for step in funnel.steps):
        yield "steps: an unordered funnel has no step before; leave `within` out"
    if funnel.ties == "source_order":
        yield "ties: an unordered funnel needs no order; leave it out"


def _wrong_exclusions(funnel: Funnel) -> Iterable[str]:
    steps = {activity for step in funnel.steps for activity in step.any}
    ends = funnel.exclusions.end_attempt
    for activity in (*ends, *funnel.exclusions.drop_unit):
        if activity in steps:
            yield f"exclusions: {activity!r} is a step too; keep one of the two"
    for activity in funnel.exclusions.drop_unit:
        if activity in ends:
            yield f"exclusions: {activity!r} is named twice; keep one of them"
