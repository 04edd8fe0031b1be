"""The journey that was meant, in the project file: `[expected]`."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import Activities, Duration, one_or_more

MOST_STEPS = 40
MOST_BEFORE = 6
"""Each doubles the states of the expected journey."""

EVERYBODY = "all"
"""The expected journey of personas that have none of their own."""

PERSONA = r"p[1-9]\d*|none"

Names = Annotated[tuple[str, ...], BeforeValidator(one_or_more)]


class Named(Section):
    """Any of some activities, or any activity of some stages."""

    any: Names = ()
    stage: Names = ()

    @model_validator(mode="before")
    @classmethod
    def _may_be_names(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"any": value}

    @model_validator(mode="after")
    def _names_something(self) -> "Named":
        if not (self.any or self.stage):
            message = "names nothing; set any or stage"
            raise ValueError(message)
        return self


class ExpectedStep(Named):
    """A step that must come, or may, at its place.

    It comes once, or several times in a row if it may `repeat`, as a stage may unless
    told otherwise. `within` is the time since the event that was matched before.
    """

    rule: Literal["must", "may"] = "must"
    repeat: bool | None = None
    within: Duration | None = None
    name: Annotated[str, Field(min_length=1)] | None = None

    @property
    def title(self) -> str:
        """What the tables call the step."""
        return self.name or " or ".join((*self.any, *self.stage))

    @property
    def repeats(self) -> bool:
        """Whether it may come several times in a row."""
        return bool(self.stage) if self.repeat is None else self.repeat


class ExpectedJourney(Section):
    """Steps in order, or a BPMN file; what must come before what; what never.

    `before` names activities, and for each some of which one must have come before it.
    Events that nothing here names are `allowed`, or count as `inserted`. `within` is
    the time from the first event that is matched to the last.
    """

    steps: Annotated[tuple[ExpectedStep, ...], Field(max_length=MOST_STEPS)] = ()
    bpmn: Path | None = None
    before: Annotated[dict[str, Activities], Field(max_length=MOST_BEFORE)] = Field(
        default_factory=dict
    )
    never: Annotated[tuple[Named, ...], BeforeValidator(one_or_more)] = ()
    others: Literal["allowed", "inserted"] = "allowed"
    within: Duration | None = None

    @property
    def is_stated(self) -> bool:
        """Whether it says what was meant."""
        return bool(self.steps or self.bpmn or self.before or self.never)

    @property
    def stages(self) -> list[str]:
        """The stages that it names."""
        return [stage for one in (*self.steps, *self.never) for stage in one.stage]

    @model_validator(mode="after")
    def _makes_sense(self) -> "ExpectedJourney":
        for message in (*_wrong_steps(self), *_wrong_before(self)):
            raise ValueError(message)
        return self


class Expected(ExpectedJourney):
    """The expected journey of everybody, and those of single personas."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, ExpectedJourney]

    @model_validator(mode="before")
    @classmethod
    def _further_keys_are_personas(cls, value: object) -> object:
        fields = list(ExpectedJourney.model_fields)
        for name in value if isinstance(value, dict) else ():
            if name not in fields and not re.fullmatch(PERSONA, name):
                near = get_close_matches(name, fields, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "remove it"
                message = f"{name!r} is no setting and no persona such as p1; {hint}"
                raise ValueError(message)
        return value

    @property
    def journeys(self) -> dict[str, ExpectedJourney]:
        """The journeys that are stated, by persona; `all` for the other personas."""
        own = {name: self.__pydantic_extra__[name] for name in self.__pydantic_extra__}
        found = {EVERYBODY: self, **dict(sorted(own.items()))}
        return {name: one for name, one in found.items() if one.is_stated}


def check_expected(expected: Expected | None, stages: Collection[str]) -> None:
    """Refuse an expected journey that says nothing, or names a stage that is none.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    if expected is None:
        return
    if not expected.journeys:
        message = "expected: says nothing; set steps, bpmn, before or never"
        raise ValueError(message)
    for name, journey in expected.journeys.items():
        where = "expected" if name == EVERYBODY else f"expected.{name}"
        for stage in journey.stages:
            if stage not in stages:
                message = f"{where}: {stage!r} is none of [stages]; define it"
                raise ValueError(message)


def _wrong_steps(journey: ExpectedJourney) -> Iterable[str]:
    if journey.bpmn and (journey.steps or journey.before):
        yield "bpmn: states the steps already; leave steps and before out"
    if journey.steps and journey.steps[0].within:
        yield "steps: nothing comes before the first step; leave its `within` out"
    named = {name for step in journey.steps for name in step.any}
    for one in journey.never:
        for name in one.any:
            if name in named:
                yield f"never: {name!r} is a step too; keep one of the two"


def _wrong_before(journey: ExpectedJourney) -> Iterable[str]:
    never = {name for one in journey.never for name in one.any}
    for name, earlier in journey.before.items():
        if name in earlier:
            yield f"before: {name!r} cannot come before itself; name another"
        for one in (name, *earlier):
            if one in never:
                yield f"before: {one!r} never comes; keep one of the two"
