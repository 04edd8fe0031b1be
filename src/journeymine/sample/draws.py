"""Random draws, made of nothing but `random()`, which Python keeps stable."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def customer_random(seed: int, number: int) -> Random:
    """Return the random numbers of one customer, whatever others there are."""
    return Random((seed << 64) | number)


def pick(rng: Random, items: Sequence[Item]) -> Item:
    """Return one of the items, all equally likely."""
    return items[int(rng.random() * len(items))]


def weighted(rng: Random, items: Sequence[tuple[Item, float]]) -> Item:
    """Return one of the items; the weights sum to 1."""
    rest = rng.random()
    for item, weight in items:
        rest -= weight
        if rest < 0:
            return item
    return items[-1][0]


def between(rng: Random, low: float, high: float) -> int:
    """Return a whole number in `[low, high)`."""
    return int(low + rng.random() * (high - low))


def pause(rng: Random, mean: int) -> int:
    """Return a waiting time with many short and few long ones, at most 3 means."""
    return 600 + int(3 * mean * rng.random() ** 2)
