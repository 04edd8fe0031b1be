"""By how much conversion differs between journeys with a deviation and without.

A customer may have journeys of both kinds, so the two shares are not independent: their
covariance over customers is taken off. Otherwise as personas are contrasted.
"""

import numpy as np
from scipy.special import stdtr, stdtrit

from journeymine.comparing.differences import Crossed, covariance
from journeymine.comparison import q_values
from journeymine.personas.contrasts import (
    LEAST_CUSTOMERS,
    Difference,
    Sums,
    floats,
    with_figures,
)
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

KEY = ("persona", "expected", "kind", "step_index")
WITH_IT = ("with_it", "x", "y", "xx", "xy", "yy")
WITHOUT_IT = ("without_it", "u", "v", "uu", "uv", "vv")
BOTH = ("xu", "xv", "yu", "yv")


def effect(own: Sums, other: Sums, both: Crossed) -> Difference:
    """Return own share - other share; NaN where either side has few customers."""
    least, most = np.zeros(own.x.shape), np.ones(own.x.shape)
    sides = [side.with_two_more(least, most) for side in (own, other)]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [side.variance() for side in sides]
        variance = parts[0] + parts[1] - 2 * covariance(sides[0], sides[1], both)
        freedom = (parts[0] + parts[1]) ** 2 / sum(
            part**2 / (side.customers - 1)
            for part, side in zip(parts, sides, strict=True)
        )
        apart = sides[0].ratio() - sides[1].ratio()
        p = 2 * stdtr(freedom, -np.abs(apart) / np.sqrt(variance))
        half = stdtrit(freedom, 0.975) * np.sqrt(variance)
    low, high = np.fmax(apart - half, -1), np.fmin(apart + half, 1)
    is_few = np.minimum(own.customers, other.customers) < LEAST_CUSTOMERS
    is_unknown = is_few | ~(variance > 0)
    low, high, p = (np.where(is_unknown, np.nan, one) for one in (low, high, p))
    return Difference(own.ratio() - other.ratio(), low, high, p)


def make_effects(context: Context) -> None:
    """Write `py_deviation_effects`: key of `int_deviation_sums`, effect and q-value.

    The q-value holds the share of false findings over all rows.
    """
    con = context.con
    found = con.sql(
        f"from int_deviation_sums order by {', '.join(KEY)}"
    ).to_arrow_table()
    own = Sums(*(floats(found, name) for name in WITH_IT))
    other = Sums(*(floats(found, name) for name in WITHOUT_IT))
    apart = effect(own, other, Crossed(*(floats(found, name) for name in BOTH)))
    figures = {
        "effect": apart.value,
        "effect_low": apart.low,
        "effect_high": apart.high,
        "q_value": q_values(apart.p),
    }
    told = found.select(KEY)
    told = with_figures(told, figures)
    write_arrow(con, "py_deviation_effects", told)
