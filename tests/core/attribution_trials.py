"""Trials of attribution: the same shop with other customers, again and again."""

import random
from collections import defaultdict

import numpy as np
from tests.core.bench import Bench
from tests.core.touched_journeys import Touched, draw

CUSTOMERS = 60


def share_inside(
    bench: Bench, trials: int, seed: int, customers: int = CUSTOMERS
) -> dict[str, float]:
    """Return how often each model's intervals hold the mean over all trials.

    Each trial is a slice, with other customers; how many come is a matter of chance.
    """
    draw(bench, _trials(trials, seed, customers), 3)
    rows = bench.result_of(
        "py_attribution",
        *("model", "channel_code", "credit_parts", "credit_low", "credit_high"),
        where="channel_code > 0",
    )
    by_channel: dict[tuple[str, object], list[list[float]]] = defaultdict(list)
    for model, channel, *limits in rows:
        by_channel[str(model), channel].append([float(str(one)) for one in limits])
    found: dict[str, list[float]] = defaultdict(list)
    for (model, _), told in by_channel.items():
        credit, low, high = np.array(told).T
        truth = credit.mean()
        found[model].append(float(((low <= truth) & (truth <= high)).mean()))
    return {model: float(np.mean(shares)) for model, shares in found.items()}


def _trials(trials: int, seed: int, customers: int) -> list[Touched]:
    """Return journeys of customers who like a channel, and so touch it again."""
    chance, counts = random.Random(seed), np.random.default_rng(seed)
    journeys: list[Touched] = []
    customer = 0
    for trial in range(1, trials + 1):
        for _ in range(counts.poisson(customers)):
            customer, taste = customer + 1, chance.random()
            for _ in range(chance.choice([1, 1, 2, 4])):
                path = tuple(
                    1 + (chance.random() < taste) + (chance.random() < 0.3)
                    for _ in range(chance.randint(1, 4))
                )
                days = tuple(chance.uniform(0, 30) for _ in path)
                likely = 0.05 + 0.1 * path.count(3) + 0.1 * taste
                end = "converted" if chance.random() < likely else "lost"
                number = len(journeys) + 1
                journeys.append(
                    Touched(number, trial, customer, path, days, end, 10_000)
                )
    return journeys
