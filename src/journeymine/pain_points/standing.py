"""Steps that a persona leaves more often than the persona that does best.

Nothing is tested: personas are found in what customers do, so that they differ is no
finding. It is what there would be to win.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from journeymine.pain_points.places import Place
from journeymine.pain_points.search import Found
from journeymine.pain_points.slices import ALL, Slice
from journeymine.pain_points.uplift import of_rate


def standing(places: Sequence[Place], least: int) -> Iterator[Found]:
    """Yield what each persona loses more than the best one at each step."""
    for place in places:
        personas = place.sets.personas
        if place.kind != "step" or len(personas) < 2:
            continue
        at_risk, lost = (
            np.bincount(place.sets.persona, of, len(personas)).astype(np.float64)
            for of in (place.at_risk, place.lost)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.where(at_risk >= least, lost / at_risk, np.nan)
        if np.isnan(rates).all():
            continue
        best = int(np.nanargmin(rates))
        share = (lost[best] + 1) / (at_risk[best] + 2)
        spread = share * (1 - share) / at_risk[best]
        variance = of_rate(at_risk, lost, float(spread)) * place.effect
        extra = lost - rates[best] * at_risk
        for one in np.flatnonzero(rates > rates[best]).tolist():
            yield Found(
                place,
                Slice(ALL, personas[one], ALL, ALL),
                float(at_risk[one]),
                float(lost[one]),
                float(extra[one]),
                float(variance[one]),
                "best_persona",
            )
