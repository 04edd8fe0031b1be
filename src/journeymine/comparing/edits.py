"""How far sequences are apart: edits from one to the other, a share of the longer."""

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled

Integers = NDArray[np.int64]


@compiled
def edit_distances(
    steps: Integers, a: Integers, b: Integers, found: NDArray[np.float64]
) -> None:
    """Fill `found` with Levenshtein's distance over the longer length, 0 to 1.

    Parameters
    ----------
    steps
        All sequences, one behind the other.
    a, b
        Shape (n, 2) and (m, 2): where a sequence begins in `steps`, and where it ends.
    found
        Shape (n, m).
    """
    for row in range(len(a)):
        for column in range(len(b)):
            one, other = (
                steps[a[row, 0] : a[row, 1]],
                steps[b[column, 0] : b[column, 1]],
            )
            longer = max(len(one), len(other))
            found[row, column] = _edits(one, other) / longer if longer else 0.0


@compiled
def _edits(one: Integers, other: Integers) -> int:
    """Return the fewest steps to be inserted, deleted or replaced."""
    above = np.arange(len(other) + 1)
    here = np.empty_like(above)
    for row in range(len(one)):
        here[0] = row + 1
        for column in range(len(other)):
            here[column + 1] = min(
                above[column] + (one[row] != other[column]),
                above[column + 1] + 1,
                here[column] + 1,
            )
        above, here = here, above
    return int(above[-1])
