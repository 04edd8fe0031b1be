"""A persona's traits in words: a short name, and a sentence or two."""

from itertools import product

from journeymine.personas.traits import Trait

LEAST_DIFFERENCE = 0.3
"""Standardised difference below which a trait does not set a persona apart."""
MOST_TRAITS = 6
MOST_WORDS = 4
ADJECTIVES = ("device", "daypart", "weekday", "channel")
AGENTS = {
    "add": "collectors",
    "call": "callers",
    "click": "clickers",
    "compare": "comparers",
    "enter": "users",
    "open": "openers",
    "read": "readers",
    "remove": "returners",
    "return": "returners",
    "screen": "users",
    "search": "searchers",
    "start": "starters",
    "track": "trackers",
    "view": "viewers",
}
"""Who does what an activity says, by the stem of its verb."""


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
    more = [one for one in traits if one.difference >= LEAST_DIFFERENCE]
    more.sort(key=lambda one: (-one.difference, one.family, one.feature))
    first = {
        one.family: _plain(one) for one in reversed(more) if one.family in ADJECTIVES
    }
    adjectives = [_plain(one) for one in more if first.get(one.family) == _plain(one)]
    nouns = [_doers(one.feature) for one in more if one.family == "activity"]
    for count, noun in product((1, 2, 3), [*nouns[:3], "visitors"]):
        words = " ".join([*_distinct(adjectives[:count]), noun]).split()
        name = " ".join(words).capitalize()
        if len(words) <= MOST_WORDS and name not in taken and len(words) > 1:
            return name
    return f"Persona {persona.removeprefix('p')}"


def _plain(trait: Trait) -> str:
    return trait.feature.strip("()").replace("_", " ")


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word != "none"))


def _doers(activity: str) -> str:
    """Return who does an activity: `product_viewed` is done by product viewers."""
    words = activity.lower().replace("_", " ").split()
    for word in words:
        stems = (word, word.removesuffix("ed"), word.removesuffix("d"))
        agent = next((AGENTS[stem] for stem in stems if stem in AGENTS), None)
        if agent:
            objects = [_singular(one) for one in words if one != word]
            return " ".join([*objects[-1:], agent])
    return " ".join([*words[:2], "visitors"])


def _singular(word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural and len(word) > 3 else word
