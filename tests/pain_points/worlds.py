"""Made-up funnels whose units leave at known rates, by persona, device and month."""

from typing import NamedTuple

import numpy as np

from journeymine.pain_points.cells import Sets
from journeymine.pain_points.places import Place
from journeymine.pain_points.search import Found, Limits, search
from journeymine.pain_points.slices import Slice

MONTHS, PERSONAS, DEVICES, CHANNELS = 6, 3, 3, 4
FIRST = 2024 * 12
STEPS = ("view", "cart", "payment")
RATES = (0.10, 0.45, 0.25)
"""Of each persona: they differ, and so do the devices that they use."""
LIMITS = Limits(30, 0.05)


class Incident(NamedTuple):
    """Where more leave: a step, a device, a month from 0; and the new rate."""

    step: int
    device: int
    month: int
    rate: float


def world(
    seed: int,
    incident: Incident | None = None,
    units: int = 40,
    usual: tuple[float, ...] = RATES,
) -> list[Place]:
    """Return the steps of a funnel; without an incident only personas differ."""
    rng = np.random.default_rng(seed)
    cells = np.indices((MONTHS, PERSONAS, DEVICES, CHANNELS)).reshape(4, -1)
    month, persona, device, channel = cells
    sets = Sets(
        [FIRST + one for one in range(MONTHS)],
        month,
        [f"p{one + 1}" for one in range(PERSONAS)],
        persona,
        {"device": ["desktop", "mobile", "tablet"], "channel": list("abcd")},
        {"device": device, "channel": channel},
    )
    likes = np.array([[1, 2, 1], [3, 1, 1], [1, 4, 1]])[persona, device]
    places = []
    for index, step in enumerate(STEPS):
        at_risk = rng.poisson(units * likes / likes.mean()).astype(np.float64)
        rates = np.array(usual)[persona]
        if incident and incident.step == index:
            hit = (device == incident.device) & (month == incident.month)
            rates = np.where(hit, np.maximum(rates, incident.rate), rates)
        lost = rng.binomial(at_risk.astype(np.int64), rates).astype(np.float64)
        places.append(
            Place(
                "step",
                "f",
                step,
                frozenset({step}),
                sets,
                at_risk,
                lost,
                lost,
                at_risk - lost,
                (at_risk - lost) / 2,
                1.0,
                has_peers=True,
                code=(index + 1, 0),
            )
        )
    return places


def findings(places: list[Place]) -> list[Found]:
    """Return what is found in a world."""
    told, family = search(places, np.zeros(0), LIMITS)
    return family.sure(told)


def slice_of(incident: Incident) -> Slice:
    """Return the slice that an incident fills."""
    device = ("desktop", "mobile", "tablet")[incident.device]
    return Slice(f"2024-{incident.month + 1:02}-01", "all", "device", device)
