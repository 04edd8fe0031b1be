"""From counts to vectors whose distances mean something.

The square root of the shares of a mix, so that distances are Hellinger's. On what and
when is one-sided for whoever came once, and so weighs half of what is done. Numbers are
skewed: their logarithm is centred on the median, in units of the quartiles' distance,
held within three of them, and weighs a quarter.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.personas.counts import MIXES, Counts, Feature

Vectors = NDArray[np.float64]

WEIGHT = 0.25
SETTINGS = {"device": 0.5, "daypart": 0.5, "weekday": 0.5}
MOST_SPREADS = 3.0
LEAST_SPREAD = 1e-6
DIGITS = 9
"""Of all figures of a model: what is kept is what was used."""


@dataclass(frozen=True)
class Scaling:
    """Centre and spread of the logarithm of each feature; 0 and 1 for shares."""

    features: list[Feature]
    centres: Vectors
    spreads: Vectors


def scaling_of(counts: Counts) -> Scaling:
    """Return the scaling that centres these customers."""
    centres = np.zeros(len(counts.features))
    spreads = np.ones(len(counts.features))
    for place, (family, _) in enumerate(counts.features):
        if family in MIXES:
            continue
        known = np.log1p(counts.values[:, place].astype(np.float64))
        known = known[~np.isnan(known)]
        if not len(known):
            continue
        low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
        # Half of the customers alike have no quartiles' distance, but a deviation.
        spread = max((high - low) / 1.349, float(np.std(known)) * (high == low))
        centres[place], spreads[place] = middle, spread if spread > LEAST_SPREAD else 1
    return Scaling(
        counts.features, np.round(centres, DIGITS), np.round(spreads, DIGITS)
    )


def vectors_of(counts: Counts, scaling: Scaling) -> Vectors:
    """Return one vector per customer, of the features of the scaling.

    Features are joined by name; of one that is not counted any more there is nothing.
    """
    places = {feature: place for place, feature in enumerate(counts.features)}
    vectors = np.zeros((len(counts.values), len(scaling.features)))
    for column, feature in enumerate(scaling.features):
        if feature in places:
            vectors[:, column] = counts.values[:, places[feature]]
        elif feature[0] not in MIXES:
            vectors[:, column] = np.nan
    families = np.array([family for family, _ in scaling.features])
    for family in MIXES:
        chosen = np.flatnonzero(families == family)
        totals = vectors[:, chosen].sum(axis=1, keepdims=True)
        vectors[:, chosen] /= np.where(totals == 0, 1, totals)
        vectors[:, chosen] = np.sqrt(vectors[:, chosen]) * SETTINGS.get(family, 1.0)
    numbers = np.flatnonzero(~np.isin(families, MIXES))
    logs = np.log1p(vectors[:, numbers])
    scaled = (logs - scaling.centres[numbers]) / scaling.spreads[numbers]
    # What is not known stands in the middle.
    held = np.clip(np.nan_to_num(scaled, nan=0.0), -MOST_SPREADS, MOST_SPREADS)
    vectors[:, numbers] = held * WEIGHT
    return vectors
