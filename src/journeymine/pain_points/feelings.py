"""Where customers feel worse than in the month before."""

import duckdb
import numpy as np
from scipy.special import erfc

from journeymine.pain_points.cells import Sets, Values
from journeymine.pain_points.places import PATHS, Place
from journeymine.pain_points.search import Found
from journeymine.pain_points.slices import ALL, Slice
from journeymine.pain_points.strata import Z_95

# Both months have enough answers for an interval.
MONTHS = """
select
    later.name, later.is_solicited, later.period, later.persona,
    later.answers, later.emotion, earlier.emotion,
    later.emotion_high - later.emotion_low, earlier.emotion_high - earlier.emotion_low
from int_experience as later
inner join int_experience as earlier
    on later.level = earlier.level and later.name = earlier.name
    and later.is_solicited = earlier.is_solicited
    and later.persona = earlier.persona
    and later.segment = 'all' and earlier.segment = 'all'
    and try_cast(later.period as date) - interval 1 month
        = try_cast(earlier.period as date)
where later.answers >= $least and earlier.answers >= $least
    and later.emotion_high > later.emotion_low
    and earlier.emotion_high > earlier.emotion_low
order by all
"""


def feelings(con: duckdb.DuckDBPyConnection, least: int) -> list[Found]:
    """Return each month's emotion against the month before; a q-value is not set.

    What is lost is the emotion itself, what is extra how much lower it is.
    """
    found = []
    for row in con.execute(MONTHS, {"least": least}).fetchall():
        name, is_solicited, period, persona, answers, *figures = row
        emotion, before, width, width_before = figures
        variance = (width**2 + width_before**2) / (2 * Z_95) ** 2
        p = float(erfc((before - emotion) / np.sqrt(2 * variance)) / 2)
        where = f"{name}, {'asked' if is_solicited else 'unasked'}"
        found.append(
            Found(
                _place(where),
                Slice(period, persona, ALL, ALL),
                float(answers),
                emotion,
                before - emotion,
                variance,
                "period_before",
                p,
            )
        )
    return found


def _place(where: str) -> Place:
    """Return a place whose loss is no count."""
    nothing: Values = np.zeros(0)
    codes = np.zeros(0, np.int64)
    sets = Sets([], codes, [], codes, {}, {})
    return Place(
        "feeling",
        PATHS,
        where,
        frozenset({f"feeling {where}"}),
        sets,
        *(nothing,) * 4,
        np.array([np.nan]),
        1.0,
        has_peers=False,
        code=(0, 0),
    )
