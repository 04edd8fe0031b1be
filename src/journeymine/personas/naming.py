"""A persona's traits in words: a short name, and a sentence or two."""

from itertools import product

from journeymine.personas.agents import doers, tells
from journeymine.personas.traits import Trait

LEAST_DIFFERENCE = 0.3
"""Standardised difference below which a trait does not set a persona apart."""
MOST_TRAITS = 6
MOST_WORDS = 4
LEAST_SHARES = {"device": 0.5, "daypart": 0.5, "weekday": 0.5, "channel": 0.1}
"""Of a customer's events, for a setting to name a persona."""
LEAST_LIFT = 1.5
"""A setting or activity in which all others are alike names nobody."""
AS_STRONG = 0.8
"""Of activities nearly as strong, the one that tells more names the persona."""
WEAK = 0.65
"""An activity so much weaker than the strongest setting does not."""


def telling(traits: list[Trait]) -> list[Trait]:
    """Return the traits that set a persona apart, the clearest first."""
    clear = [one for one in traits if abs(one.difference) >= LEAST_DIFFERENCE]
    order = sorted(
        clear, key=lambda one: (-abs(one.difference), one.family, one.feature)
    )
    return order[:MOST_TRAITS]


def sentence(traits: list[Trait]) -> str:
    """Return what a persona does more and less than others."""
    more = [in_words(one) for one in telling(traits) if one.difference > 0]
    less = [in_words(one) for one in telling(traits) if one.difference < 0]
    parts = []
    if more:
        parts.append(f"More than others: {', '.join(more)}.")
    if less:
        parts.append(f"Less than others: {', '.join(less)}.")
    return " ".join(parts) or "Much like everyone."


def in_words(trait: Trait) -> str:
    """Return a feature in words that stand after `more` or `less`."""
    words = trait.feature.replace("_", " ")
    match trait.family:
        case "channel":
            return f"by {words}"
        case "device":
            return f"on {words}"
        case "stage":
            return f"in stage {words}"
        case "daypart":
            return f"in the {words}" if words != "night" else "at night"
        case "weekday":
            return "at weekends" if words == "weekend" else "on workdays"
        case "volume":
            return f"many {words}"
        case _:
            return words


def named(persona: str, traits: list[Trait], taken: set[str]) -> str:
    """Return a name of at most four words that no other persona has.

    Traits that are stronger than others' make it: on what or when, then who does what.
    """
    more = [
        one
        for one in traits
        if one.difference >= LEAST_DIFFERENCE and one.value >= LEAST_LIFT * one.others
    ]
    more.sort(key=lambda one: (-one.difference, one.family, one.feature))
    settings = _settings(more)
    nouns = _nouns(more, settings[0].difference if settings else 0)
    words = [_plain(one) for one in settings]
    kinds = [
        *([adjective] for adjective in words[:2]),
        words[:2],
        *([adjective] for adjective in words[2:]),
        words[1:3],
    ]
    if nouns[0] == "customers":
        kinds.insert(0, words[:2])
    for noun, adjectives in product(nouns, [*kinds, []]):
        name = " ".join([*adjectives, noun]).capitalize()
        size = len(name.split())
        if 1 < size <= MOST_WORDS and not _repeats(name) and name not in taken:
            return name
    return f"Persona {persona.removeprefix('p')}"


def _settings(more: list[Trait]) -> list[Trait]:
    """Return the strongest channel, device, daypart and part of the week, in order."""
    strongest: dict[str, Trait] = {}
    for one in more:
        least = LEAST_SHARES.get(one.family)
        if least and one.value >= least and _plain(one) != "none":
            strongest.setdefault(one.family, one)
    return list(strongest.values())


def _nouns(more: list[Trait], setting: float) -> list[str]:
    """Return who the customers are, the best name first."""
    acts = [one for one in more if one.family == "activity"]
    if not acts:
        return ["customers"]
    strongest = acts[0].difference
    acts.sort(
        key=lambda one: (
            not (tells(one.feature) and one.difference >= AS_STRONG * strongest),
            -one.difference,
            one.feature,
        )
    )
    nouns = [doers(one.feature) for one in acts]
    if strongest < WEAK * setting:
        return ["customers", *nouns]
    return [*nouns, "customers"]


def _plain(trait: Trait) -> str:
    return trait.feature.strip("()").replace("_", " ")


def _repeats(name: str) -> bool:
    """Whether a word comes twice, be it in another form."""
    stems = [word[:4] for word in name.lower().split()]
    return len(set(stems)) < len(stems)
