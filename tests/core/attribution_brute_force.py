"""Attribution reckoned in other ways: loops, all orders, removal, simulation."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise, permutations

import numpy as np
from tests.core.touched_journeys import CHANNELS, HALF_LIFE, Touched

Credit = dict[tuple[int, int], float]  # by slice and channel
Walk = tuple[int | str, ...]


def _first(journey: Touched) -> list[float]:
    return [float(place == 0) for place, _ in enumerate(journey.channels)]


def _last(journey: Touched) -> list[float]:
    return _first(journey)[::-1]


def _linear(journey: Touched) -> list[float]:
    return [1.0] * len(journey.channels)


def _position(journey: Touched) -> list[float]:
    touches = len(journey.channels)
    if touches < 3:
        return [1.0] * touches
    return [0.4, *([0.2 / (touches - 2)] * (touches - 2)), 0.4]


def _time_decay(journey: Touched) -> list[float]:
    return [0.5 ** (days / HALF_LIFE) for days in journey.days]


LOOPS = {
    "first": _first,
    "last": _last,
    "linear": _linear,
    "position": _position,
    "time_decay": _time_decay,
}


def looped(model: str, journeys: Iterable[Touched]) -> Credit:
    credit: Credit = defaultdict(float)
    for journey in journeys:
        if journey.end != "converted":
            continue
        if not journey.channels:
            credit[journey.slice_set, 0] += 1
        shares = LOOPS[model](journey)
        for channel, share in zip(journey.channels, shares, strict=True):
            credit[journey.slice_set, channel] += share / sum(shares)
    return {place: one for place, one in credit.items() if one > 1e-9}


def shapley(journeys: Iterable[Touched]) -> Credit:
    """Return the mean gain by a channel over all orders in which channels may join."""
    games: dict[int, Counter[frozenset[int]]] = defaultdict(Counter)
    for journey in journeys:
        if journey.end == "converted":
            games[journey.slice_set][frozenset(journey.channels)] += 1
    orders = list(permutations(range(1, CHANNELS + 1)))
    credit: Credit = defaultdict(float)
    for slice_set, game in games.items():
        credit[slice_set, 0] = game.pop(frozenset(), 0)
        for order in orders:
            for place, channel in enumerate(order):
                gain = _worth(game, order[: place + 1]) - _worth(game, order[:place])
                credit[slice_set, channel] += gain / len(orders)
    return {place: one for place, one in credit.items() if one > 1e-9}


def _worth(game: Counter[frozenset[int]], channels: tuple[int, ...]) -> int:
    return sum(count for held, count in game.items() if held <= set(channels))


def markov(journeys: Iterable[Touched]) -> Credit:
    """Return removal effects: a chain is solved again without each channel."""
    walks: dict[int, list[Walk]] = defaultdict(list)
    credit: Credit = defaultdict(float)
    for journey in journeys:
        if journey.channels and journey.end != "open":
            walks[journey.slice_set].append(walk_of(journey))
        elif journey.end == "converted":
            credit[journey.slice_set, 0] += 1
    for slice_set, own in walks.items():
        links = links_of(own, CHANNELS)[0]
        whole = _converting(links)
        effects = {
            channel: 1 - _converting(links, channel) / whole
            for channel in range(1, CHANNELS + 1)
        }
        conversions = sum(walk[-1] == "converted" for walk in own)
        for channel, effect in effects.items():
            share = effect / sum(effects.values())
            credit[slice_set, channel] = share * conversions
    return {place: one for place, one in credit.items() if one > 1e-9}


def _converting(links: np.ndarray, without: int | None = None) -> float:
    """Return the chance that the start leads to a conversion."""
    states = len(links)
    chances = links / np.maximum(links.sum(axis=1, keepdims=True), 1)
    if without is not None:
        chances[without] = 0  # what comes there is lost
    steps = np.zeros((states, states))
    steps[:, 1:] = chances[:, : states - 1]
    return float(np.linalg.solve(np.eye(states) - steps, chances[:, states - 1])[0])


def walk_of(journey: Touched) -> Walk:
    return ("start", *journey.channels, journey.end)


def links_of(walks: Iterable[Walk], channels: int) -> np.ndarray:
    places = {"start": 0, "converted": channels, "lost": channels + 1}
    links = np.zeros((1, channels + 1, channels + 2), np.int64)
    for walk in walks:
        for here, there in pairwise(walk):
            row = places["start"] if isinstance(here, str) else here
            column = places[there] if isinstance(there, str) else there - 1
            links[0, row, column] += 1
    return links


def simulated(
    following: dict[int | str, list[int | str]],
    without: int,
    tries: int,
    chance: random.Random,
) -> float:
    """Return how often a walk converts; one that gets to a channel left out is lost."""
    converted = 0
    for _ in range(tries):
        here: int | str = "start"
        while here not in ("converted", "lost", without):
            here = chance.choice(following[here])
        converted += here == "converted"
    return converted / tries
