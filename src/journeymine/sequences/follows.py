"""Eventually-follows: the table of pairs per slice."""

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from journeymine.plan import Context
from journeymine.warehouse import write_table

if TYPE_CHECKING:
    from journeymine.sequences.journeys import Journeys, Slices

COLUMNS = (
    "slice_code bigint, activity_code bigint, later_code bigint, journeys bigint, "
    "customers bigint"
)
MOST_CELLS = 2_000_000
"""How many pairs of slices are counted at once, so that memory stays bounded."""


def make_follows(context: Context) -> None:
    """Write `py_follows`: journeys and customers per slice of a persona, and pair.

    `later_code` 0 counts those with the activity at all.
    """
    # Importing numba takes half a second: who only asks for settings does not wait.
    from journeymine.sequences.journeys import (  # noqa: PLC0415
        read_journeys,
        read_slices,
    )

    con = context.con
    write_table(con, "py_follows", COLUMNS, [])
    journeys, slices = read_journeys(con), read_slices(con)
    cells = len(journeys.activities) * (len(journeys.activities) + 1)
    step = max(1, MOST_CELLS // max(1, cells))
    for low in range(0, len(slices.codes), step):
        found = _counted(journeys, slices, low, min(low + step, len(slices.codes)))
        con.register("found", found)
        con.execute("insert into py_follows by name from found")
        con.unregister("found")


def _counted(journeys: "Journeys", slices: "Slices", low: int, high: int) -> pa.Table:
    from journeymine.sequences.pairs import count_pairs  # noqa: PLC0415  as above

    counts = count_pairs(journeys, slices, low, high)
    place, one, other = np.nonzero(counts[..., 0])
    later = np.append(journeys.activities, 0)
    return pa.table(
        {
            "slice_code": slices.codes[low:high][place],
            "activity_code": journeys.activities[one],
            "later_code": later[other],
            "journeys": counts[place, one, other, 0],
            "customers": counts[place, one, other, 1],
        }
    )
