"""Logs of customers without kinds, each drawn in another way: no personas in them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from tests.core.planted import NUMBERS, Log

from journeymine.personas.chance import Pool
from journeymine.personas.counts import Counts

Codes = NDArray[np.int64]
Events = tuple[Codes, Codes, Codes]
"""Customer, activity and channel of each event, by customer."""
Draw = Callable[[np.random.Generator, int], Events]
SETTINGS = {"daypart": 4, "device": 2, "weekday": 2}


def usual(random: np.random.Generator, customers: int) -> Events:
    """Draw a dozen activities, each on a channel of its own."""
    who = _customers(2 + random.negative_binomial(2, 0.15, customers))
    what = random.choice(12, len(who), p=random.dirichlet(np.full(12, 1.0)))
    return who, what, what % 4


def heavy_tails(random: np.random.Generator, customers: int) -> Events:
    """Draw forty activities by Zipf's law; a few customers do nearly everything."""
    sizes = np.minimum(1 + random.pareto(1.1, customers) * 3, 400).astype(np.int64)
    who = _customers(sizes)
    weights = 1 / np.arange(1, 41)
    what = random.choice(40, len(who), p=weights / weights.sum())
    return who, what, random.choice(5, len(who), p=[0.6, 0.2, 0.1, 0.06, 0.04])


def bursts(random: np.random.Generator, customers: int) -> Events:
    """Draw runs: what is done is done three times in the mean, on one channel."""
    runs = _customers(2 + random.poisson(4, customers))
    lengths = random.geometric(1 / 3, len(runs))
    what = random.choice(10, len(runs), p=random.dirichlet(np.full(10, 2.0)))
    where = random.choice(3, len(runs), p=[0.7, 0.2, 0.1])
    who, what, where = (np.repeat(one, lengths) for one in (runs, what, where))
    return who, what, where


def two_activities(random: np.random.Generator, customers: int) -> Events:
    """Draw two activities, few of them."""
    who = _customers(1 + random.poisson(3, customers))
    return who, random.choice(2, len(who), p=[0.8, 0.2]), np.zeros_like(who)


def many_activities(random: np.random.Generator, customers: int) -> Events:
    """Draw eighty activities, each on one of six channels."""
    who = _customers(5 + random.poisson(30, customers))
    what = random.choice(80, len(who), p=random.dirichlet(np.full(80, 0.5)))
    return who, what, what % 6


def own_channels(random: np.random.Generator, customers: int) -> Events:
    """Draw customers who nearly keep to one channel, and do the same on each."""
    who = _customers(3 + random.poisson(9, customers))
    what = random.choice(9, len(who), p=random.dirichlet(np.full(9, 2.0)))
    own = random.choice(4, customers, p=[0.4, 0.3, 0.2, 0.1])
    strays = random.random(len(who)) < 0.1
    return who, what, np.where(strays, random.choice(4, len(who)), own[who])


NOISES: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        usual,
        heavy_tails,
        bursts,
        two_activities,
        many_activities,
        own_channels,
    )
}


def noise_log(draw: Draw, seed: int, customers: int) -> Log:
    """Return a log without kinds: events in visits of about three, each at one time."""
    random = np.random.default_rng([seed, 77])
    who, what, where = draw(random, customers)
    visit = np.cumsum((np.diff(who, prepend=-1) > 0) | (random.random(len(who)) < 0.3))
    families = {"activity": what, "channel": where}
    for family, size in SETTINGS.items():
        by_visit = random.choice(size, visit.max() + 1)
        usually = random.choice(size, customers)
        stays = random.random(visit.max() + 1) < 0.7
        families[family] = np.where(stays[visit], usually[who], by_visit[visit])
    return _log(random, who, families)


def _customers(sizes: Codes) -> Codes:
    return np.repeat(np.arange(len(sizes)), sizes)


def _log(random: np.random.Generator, who: Codes, families: dict[str, Codes]) -> Log:
    customers = int(who.max()) + 1
    features = sorted(
        [
            *(
                (family, f"{family}{code:02}")
                for family, codes in families.items()
                for code in range(codes.max() + 1)
            ),
            *NUMBERS,
        ]
    )
    values = np.zeros((customers, len(features)), dtype=np.float32)
    counts = Counts(np.arange(1, customers + 1), features, values)
    for family, codes in families.items():
        np.add.at(values, (who, counts.columns(family)[codes]), 1)
    values[:, counts.columns("volume")[0]] = np.bincount(who)
    values[:, counts.columns("pace")[0]] = random.lognormal(3, 1, customers)
    values[:, counts.columns("recency")[0]] = random.lognormal(8, 2, customers)
    pairs, events = np.unique(
        np.column_stack([families["activity"], families["channel"]]),
        axis=0,
        return_counts=True,
    )
    places = np.full((len(pairs), 3), -1)
    places[:, 0] = counts.columns("activity")[pairs[:, 0]]
    places[:, 2] = counts.columns("channel")[pairs[:, 1]]
    return Log(counts, Pool(places, events))
