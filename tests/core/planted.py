"""Counts of made-up customers: without kinds, or of three tastes."""

from dataclasses import dataclass

import numpy as np

from journeymine.config import Personas
from journeymine.personas.chance import Pool
from journeymine.personas.counts import Counts, Labels
from journeymine.personas.fitting import fit
from journeymine.personas.matching import Change
from journeymine.personas.model import Model
from journeymine.personas.threads import on_one_thread

SHARES = {"activity": 8, "channel": 3, "daypart": 4, "device": 2, "weekday": 2}
NUMBERS = (("pace", "steps"), ("recency", "last"), ("volume", "events"))
FEATURES = sorted(
    [
        *(
            (family, f"{family}{n}")
            for family, size in SHARES.items()
            for n in range(size)
        ),
        *NUMBERS,
    ]
)
TASTES = np.array(
    [
        [12, 5, 5, 1, 1, 1, 1, 1],
        [1, 1, 1, 12, 6, 5, 1, 1],
        [1, 1, 1, 1, 1, 1, 12, 9],
    ]
)


@dataclass(frozen=True)
class Log:
    """Counts, and the events of all."""

    counts: Counts
    pool: Pool


def noise(seed: int, customers: int) -> Log:
    """Return customers whose events all come from one pool.

    Channels go with activities; each has one device, and one visit at one time.
    """
    random = np.random.default_rng(seed)
    weights = random.dirichlet(np.full(8, 2.0))
    return _log(random, np.tile(weights, (customers, 1)))


def tastes(seed: int, customers: int) -> tuple[Log, Labels]:
    """Return customers of three tastes, and the taste of each."""
    random = np.random.default_rng(seed)
    truth = random.choice(3, customers, p=[0.5, 0.3, 0.2])
    weights = TASTES[truth] / TASTES[truth].sum(axis=1, keepdims=True)
    return _log(random, weights), truth


def fitted(log: Log, former: Model | None = None) -> tuple[Model, list[Change]]:
    """Fit personas with the settings as they are by default."""
    with on_one_thread():
        return fit(log.counts, log.pool, Personas(), former)


def _log(
    random: np.random.Generator,
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> Log:
    customers = len(weights)
    events = 2 + random.negative_binomial(2, 0.15, customers)
    activities = random.multinomial(events, weights)
    values = np.zeros((customers, len(FEATURES)), dtype=np.float32)
    counts = Counts(np.arange(1, customers + 1), FEATURES, values)
    values[:, counts.columns("activity")] = activities
    # A channel is where some activities happen.
    for channel, place in enumerate(counts.columns("channel")):
        values[:, place] = activities[:, channel::3].sum(axis=1)
    for family in ("daypart", "device", "weekday"):
        places = counts.columns(family)
        values[np.arange(customers), random.choice(places, customers)] = events
    values[:, counts.columns("volume")[0]] = events
    values[:, counts.columns("pace")[0]] = random.lognormal(3, 1, customers)
    values[:, counts.columns("recency")[0]] = random.lognormal(8, 2, customers)
    place = {feature: number for number, feature in enumerate(FEATURES)}
    cells = [
        [place["activity", f"activity{n}"], -1, place["channel", f"channel{n % 3}"]]
        for n in range(8)
    ]
    return Log(counts, Pool(np.array(cells), activities.sum(axis=0)))
