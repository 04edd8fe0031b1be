"""What sets each persona apart, in figures and in a few words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_TRAITS = 6
LEAST_DIFFERENCE = 0.3
"""Standardised difference below which a trait does not set a persona apart."""
NAME_TRAITS = 2
ADJECTIVES = ("daypart", "weekday", "channel", "device", "volume")
"""Families whose features can stand before the word "visitors", as in "evening"."""


@dataclass(frozen=True)
class Trait:
    """One feature of a persona: its mean, the mean of all, and how far apart.

    `value` and `overall` are in the units of the feature vectors; `difference` is
    (value - overall) / standard deviation over all customers.
    """

    feature: str
    value: float
    overall: float
    difference: float


@dataclass(frozen=True)
class Profile:
    """A persona in figures and words."""

    persona: str
    name: str
    text: str
    traits: list[Trait]


def profiles(
    vectors: NDArray[np.float64],
    names: list[tuple[str, str]],
    labels: NDArray[np.int64] | None,
) -> list[Profile]:
    """Return a profile per persona, in order of its number.

    Parameters
    ----------
    vectors
        Shape (n_customers, n_features).
    names
        (family, feature) per column.
    labels
        Shape (n_customers,), from 1; None where no structure was found.
    """
    if labels is None:
        return []
    overall = vectors.mean(axis=0)
    spread = vectors.std(axis=0)
    spread[spread == 0] = np.inf
    found = []
    for label in range(1, int(labels.max()) + 1):
        mean = vectors[labels == label].mean(axis=0)
        difference = (mean - overall) / spread
        order = np.argsort(-np.abs(difference), kind="stable")[:MOST_TRAITS]
        traits = [
            Trait(
                _in_words(*names[place]),
                round(float(mean[place]), 6),
                round(float(overall[place]), 6),
                round(float(difference[place]), 6),
            )
            for place in order
            if abs(difference[place]) >= LEAST_DIFFERENCE
        ]
        strongest = [
            names[place] for place in order if difference[place] >= LEAST_DIFFERENCE
        ][:NAME_TRAITS]
        name = _name(label, strongest)
        found.append(Profile(f"p{label}", name, _text(traits), traits))
    return _told_apart(found)


def _in_words(family: str, feature: str) -> str:
    words = feature.replace("_", " ")
    match family:
        case "channel":
            return f"by {words}"
        case "device":
            return f"on {words}"
        case "daypart":
            return f"in the {words}" if words != "night" else "at night"
        case "weekday":
            return "at weekends" if words == "weekend" else "on workdays"
        case "volume":
            return f"many {words}"
        case _:
            return words


def _name(label: int, traits: list[tuple[str, str]]) -> str:
    """Return a name of the traits that are stronger than others': who, then what."""
    who = [_adjective(*trait) for trait in traits if trait[0] in ADJECTIVES]
    does = [trait[1].replace("_", " ") for trait in traits if trait[0] == "activity"]
    if not who and not does:
        return f"Persona {label}"
    name = " ".join([*who, "visitors"]).capitalize()
    return f"{name}: {', '.join(does)}" if does else name


def _adjective(family: str, feature: str) -> str:
    return "busy" if family == "volume" else feature.replace("_", " ")


def _text(traits: list[Trait]) -> str:
    more = [trait.feature for trait in traits if trait.difference > 0]
    less = [trait.feature for trait in traits if trait.difference < 0]
    parts = []
    if more:
        parts.append(f"More than others: {', '.join(more)}.")
    if less:
        parts.append(f"Less than others: {', '.join(less)}.")
    return " ".join(parts) or "Much like everyone."


def _told_apart(found: list[Profile]) -> list[Profile]:
    """Return the profiles with their number added to names that recur."""
    names = [profile.name for profile in found]
    return [
        Profile(p.persona, f"{p.name} ({p.persona})", p.text, p.traits)
        if names.count(p.name) > 1
        else p
        for p in found
    ]
