"""How attempts end, who leaves and who comes back: settings of these metrics."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import (
    Activities,
    Duration,
    Name,
    one_or_more,
    parse_duration,
)

SomeActivities = Annotated[tuple[str, ...], BeforeValidator(one_or_more)]

MONTHS = {"month": 1, "year": 12}


class Abandonment(Section):
    """One kind of attempt: what opens it, what ends it, and when silence does."""

    intent: Activities
    goal: Activities
    exits: dict[Name, Activities] = Field(default_factory=dict)
    timeout: Literal["learned"] | Duration = "learned"
    recover_within: Duration = timedelta(days=7)

    @model_validator(mode="after")
    def _ends_are_apart(self) -> "Abandonment":
        for cause in self.exits:
            if cause in ("intent", "converted", "silence", "in_progress"):
                message = f"exits.{cause} has a meaning of its own; choose another name"
                raise ValueError(message)
        exits = (name for exit_ in self.exits.values() for name in exit_)
        _no_name_twice([*self.intent, *self.goal, *exits])
        return self


class Retention(Section):
    """Periods in which cohorts are followed.

    A customer is born with its first own event, or the first of `cohort`; it is active
    with any own event, or those of `returns`.
    """

    period: Literal["week", "month"] = "week"
    cohort: SomeActivities = ()
    returns: SomeActivities = ()


class Term(Section):
    """How long a contract runs: whole calendar months, or a length of time."""

    months: int = 0
    length: timedelta = timedelta(0)


def parse_term(value: object) -> Term:
    """Return the term that a text such as `"1 month"` or `"30 days"` states."""
    match = re.fullmatch(r"([1-9]\d*) (month|year)s?", str(value))
    if match:
        return Term(months=int(match[1]) * MONTHS[match[2]])
    return Term(length=parse_duration(value))


class Churn(Section):
    """When a customer has left: after a long silence, or when its contract ran out.

    Of a contract, `start` and `renew` open a term, which runs to the moment in the
    attribute `term_end`, else for `term`, else until one of `end`. A term renewed
    within `grace` of its end has not lapsed. `risk` asks who is leaving: of customers
    without a contract.
    """

    kind: Literal["non-contractual", "contractual"] = "non-contractual"
    horizon: Duration | None = None
    start: SomeActivities = ()
    renew: SomeActivities = ()
    end: SomeActivities = ()
    term: Annotated[Term, BeforeValidator(parse_term)] | None = None
    term_end: str | None = None
    grace: Duration | None = None
    risk: bool = False

    @property
    def is_contractual(self) -> bool:
        """Whether contracts tell who has left."""
        return self.kind == "contractual"

    @model_validator(mode="after")
    def _settings_are_of_the_kind(self) -> "Churn":
        contract = ("start", "renew", "end", "term", "term_end", "grace")
        foreign = ("horizon", "risk") if self.is_contractual else contract
        for name in foreign:
            if getattr(self, name):
                other = "non-contractual" if self.is_contractual else "contractual"
                message = f'{name} needs kind = "{other}"; leave one of them out'
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _terms_start_and_end(self) -> "Churn":
        if not self.is_contractual:
            return self
        if not self.start:
            message = "a contract needs start; name the activities that open one"
            raise ValueError(message)
        if not (self.term or self.term_end or self.end):
            message = "a term has no end; set term, term_end or end"
            raise ValueError(message)
        _no_name_twice([*self.start, *self.renew, *self.end])
        return self


def _no_name_twice(activities: list[str]) -> None:
    for activity in activities:
        if activities.count(activity) > 1:
            message = f"{activity!r} is named twice; keep one of them"
            raise ValueError(message)
