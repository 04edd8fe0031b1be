"""What the steps and rules of the project file mean, as an automaton.

A state is the step that was reached last, and which rules of `before` are met. A step
is reached from any before it if all between may be left out.
"""

from collections.abc import Iterator, Sequence

from journeymine.config_expected import ExpectedJourney, Named
from journeymine.conformance.automaton import (
    NO_SYMBOL,
    Meaning,
    Move,
    alphabet,
    columns,
)
from journeymine.conformance.subjects import (
    NO_ROLES,
    Key,
    Roles,
    Seen,
    Statement,
    free_subject,
    subjects_of,
    told_subjects,
)


def stated(
    journey: ExpectedJourney, seen: Sequence[Seen], stage_of: dict[str, str]
) -> Meaning:
    """Return what an expected journey without a BPMN file means.

    Parameters
    ----------
    seen
        Activities and stages of the events.
    stage_of
        Stage of each activity, by the project file.
    """
    key_of = {pair: _key(journey, pair) for pair in seen}
    keys = sorted({key for key in key_of.values() if key})
    told = Statement(journey, stage_of, keys)
    states = (len(journey.steps) + 1) << len(journey.before)
    return Meaning(
        symbols={pair: keys.index(key) for pair, key in key_of.items() if key},
        subjects=told_subjects(told),
        moves=columns([*_moves(told)], [*_ends(journey)], states),
        alphabet=alphabet(
            [subjects_of(told, key) for key in keys],
            [key.roles.wants for key in keys],
            len(journey.steps),
        ),
    )


def names(named: Named, pair: Seen) -> bool:
    """Whether something names an event, by its activity or its stage."""
    activity, stage = pair
    return activity in named.any or stage in named.stage


def _ends(journey: ExpectedJourney) -> Iterator[int]:
    """Yield the states after which nothing has to come."""
    rules = len(journey.before)
    for step in range(len(journey.steps) + 1):
        if all(later.rule == "may" for later in journey.steps[step:]):
            yield from range(step << rules, (step + 1) << rules)


def _key(journey: ExpectedJourney, pair: Seen) -> Key | None:
    if any(names(one, pair) for one in journey.never):
        return Key("never", pair[0], NO_ROLES)
    roles = _roles(journey, pair)
    if roles != NO_ROLES:
        return Key("", "", roles)
    return Key("other", pair[0], NO_ROLES) if journey.others == "inserted" else None


def _roles(journey: ExpectedJourney, pair: Seen) -> Roles:
    rules = [*enumerate(journey.before.items())]
    return Roles(
        tuple(
            place for place, step in enumerate(journey.steps, 1) if names(step, pair)
        ),
        sum(1 << rule for rule, (_, earlier) in rules if pair[0] in earlier),
        sum(1 << rule for rule, (later, _) in rules if pair[0] == later),
    )


def _moves(told: Statement) -> Iterator[Move]:
    journey = told.journey
    steps, rules = journey.steps, len(journey.before)
    stated_roles = _stated_roles(told)
    ways = [
        *((number, key.roles) for number, key in enumerate(told.keys)),
        # What no event made can still be missing.
        *((NO_SYMBOL, roles) for roles in stated_roles),
    ]
    for place in range(len(steps) + 1):
        for met in range(1 << rules):
            source = (place << rules) + met
            for symbol, roles in ways:
                if roles == NO_ROLES or roles.wants & ~met:
                    continue
                after = met | roles.meets
                if not roles.steps:
                    free = free_subject(roles, len(steps), rules)
                    yield Move(source, (place << rules) + after, symbol, free)
                for step in _reached(journey, place, roles):
                    yield Move(source, (step << rules) + after, symbol, step - 1)


def _reached(journey: ExpectedJourney, place: int, roles: Roles) -> Iterator[int]:
    """Yield the steps to which an event leads from a step."""
    for step in roles.steps:
        between = journey.steps[place : step - 1]
        if step == place and journey.steps[step - 1].repeats:
            yield step
        if step > place and all(one.rule == "may" for one in between):
            yield step


def _stated_roles(told: Statement) -> list[Roles]:
    """Return the roles of all that the project file names, seen or not."""
    journey = told.journey
    activities = {
        *(name for step in journey.steps for name in step.any),
        *journey.before,
        *(name for earlier in journey.before.values() for name in earlier),
    }
    pairs: set[Seen] = {(name, told.stage_of.get(name)) for name in activities}
    # Any activity of a stage will do: one that no rule speaks of.
    pairs |= {("", stage) for step in journey.steps for stage in step.stage}
    return sorted({_roles(journey, pair) for pair in pairs})
