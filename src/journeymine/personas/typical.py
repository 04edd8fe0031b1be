"""The typical journey of a persona: the medoid of its variants.

Of a fair sample of journeys it is the variant that lies nearest to all of them: the
most frequent one may be far from all the others. The distance is Levenshtein's over
activities, divided by the length of the longer one.
"""

import numpy as np
from numpy.typing import NDArray

from journeymine.plan import Context
from journeymine.warehouse import write_table

MOST_STEPS = 100
"""Of a longer journey only so many first steps are compared."""
FURTHER = -1
"""Fills a path up to the length of the longest one."""
PARTS = 1_000_000_000

Codes = NDArray[np.int32]
Lengths = NDArray[np.int64]


def make_typical(context: Context) -> None:
    """Write `py_persona_typical`: the place of each persona's typical variant."""
    found = context.con.execute(
        "select persona, place, path, sampled from int_persona_variants"
        " order by persona, place"
    ).fetchall()
    rows = []
    for persona in sorted({row[0] for row in found}):
        own = [row for row in found if row[0] == persona]
        paths, journeys = [row[2] for row in own], [row[3] for row in own]
        rows.append((persona, own[medoid(paths, journeys)][1]))
    write_table(
        context.con, "py_persona_typical", "persona varchar, place bigint", rows
    )


def medoid(paths: list[list[int]], journeys: list[int]) -> int:
    """Return the place of the path with the least mean distance to all journeys.

    Of equals it is the first.
    """
    lengths = np.array([min(len(path), MOST_STEPS) for path in paths], dtype=np.int64)
    codes = np.full((len(paths), int(lengths.max())), FURTHER, dtype=np.int32)
    for row, path in enumerate(paths):
        codes[row, : lengths[row]] = path[:MOST_STEPS]
    weights = np.array(journeys, dtype=np.int64)
    # In whole parts, so that sums have no order.
    sums = np.zeros(len(paths), dtype=np.int64)
    for row in range(len(paths)):
        apart = _distances(codes[row, : lengths[row]], codes[row:], lengths[row:])
        apart = apart * PARTS // np.maximum(lengths[row:], lengths[row])
        sums[row] += weights[row:] @ apart
        sums[row + 1 :] += weights[row] * apart[1:]
    return int(np.argmin(sums))


def _distances(path: Codes, codes: Codes, lengths: Lengths) -> Lengths:
    """Return the edits that turn one path into each of the others."""
    places = np.arange(codes.shape[1] + 1, dtype=np.int16)
    row = np.tile(places, (len(codes), 1))
    for step, code in enumerate(path, start=1):
        row[:, 1:] = np.minimum(row[:, 1:] + 1, row[:, :-1] + (codes != code))
        row[:, 0] = step
        # What is inserted costs one per place: the least so far, and the way from it.
        row = np.minimum.accumulate(row - places, axis=1) + places
    return row[np.arange(len(codes)), lengths].astype(np.int64)
