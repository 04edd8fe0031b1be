"""What an expected journey of the project file speaks of, and what events can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from journeymine.config_expected import ExpectedJourney
from journeymine.config_values import microseconds
from journeymine.conformance.automaton import Subject

Seen = tuple[str, str | None]
"""Activity and stage of an event."""


class Roles(NamedTuple):
    """What an event can be: steps, from 1, and both sides of rules, as bits."""

    steps: tuple[int, ...]
    meets: int
    wants: int


class Key(NamedTuple):
    """What makes events alike: their roles; else, where none has any, their name."""

    rule: str
    name: str
    roles: Roles


NO_ROLES = Roles((), 0, 0)


@dataclass(frozen=True)
class Statement:
    """An expected journey of the project file, with the keys of the events seen."""

    journey: ExpectedJourney
    stage_of: dict[str, str]
    keys: Sequence[Key]

    @property
    def named(self) -> list[Key]:
        """The keys of single activities that are never meant, or not named."""
        return [key for key in self.keys if key.rule]


def told_subjects(told: Statement) -> list[Subject]:
    """Return steps, rules, what these are about, single names, and the whole."""
    journey = told.journey
    return [
        *(
            Subject(step.title, step.rule, _limit(step.within))
            for step in journey.steps
        ),
        *(
            Subject(f"{' or '.join(earlier)} before {later}", "before")
            for later, earlier in journey.before.items()
        ),
        *(Subject(later, "after") for later in journey.before),
        *(Subject(key.name, key.rule) for key in told.named),
        whole(journey),
    ]


def whole(journey: ExpectedJourney) -> Subject:
    """Return the journey as a whole, as a subject."""
    return Subject("(journey)", "whole", _limit(journey.within))


def _limit(within: timedelta | None) -> int | None:
    return microseconds(within) if within else None


def subjects_of(told: Statement, key: Key) -> list[int]:
    """Return the subjects that an event of a key could be of."""
    steps, rules = len(told.journey.steps), len(told.journey.before)
    if key.rule:
        return [steps + 2 * rules + told.named.index(key)]
    if key.roles.steps:
        return [step - 1 for step in key.roles.steps]
    return [free_subject(key.roles, steps, rules)]


def free_subject(roles: Roles, steps: int, rules: int) -> int:
    """Return the subject of an event that is no step: the first rule that it meets."""
    side = roles.meets or roles.wants
    first = (side & -side).bit_length() - 1
    return steps + first + (0 if roles.meets else rules)
