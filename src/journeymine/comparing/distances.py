"""How far the variants of two sides are apart: the earth mover's distance.

The least share of steps that must be edited for the journeys of one side to become
those of the other: what is moved from one variant to another costs the share of edits
between the two. 0: the same variants in the same shares; 1: no step in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import linprog

from journeymine.plan import Context
from journeymine.warehouse import write_arrow

MOST_VARIANTS = 100
"""Of each side, the most frequent: the cost grows with the square."""

DIGITS = 9

Floats = NDArray[np.float64]
Path = Sequence[int]
Variant = tuple[Path, int, int]
"""A path, and the journeys of side a and b that follow it."""


@dataclass(frozen=True)
class Variants:
    """The sequences of one side, and how many journeys follow each, all above 0."""

    paths: Sequence[Path]
    journeys: Sequence[int]


def earth_movers_distance(a: Variants, b: Variants) -> float:
    """Return what it costs to make the variants of a to those of b, 0 to 1."""
    return transported(_shares(a), _shares(b), ground_distances(a.paths, b.paths))


def ground_distances(a: Sequence[Path], b: Sequence[Path]) -> Floats:
    """Return the share of steps to be edited between each of a and each of b."""
    # numba takes half a second to import: only where something is compared.
    from journeymine.comparing.edits import edit_distances  # noqa: PLC0415

    lengths = np.array([len(path) for path in (*a, *b)], dtype=np.int64)
    ends = np.cumsum(lengths)
    bounds = np.stack([ends - lengths, ends], axis=1)
    steps = np.array([step for path in (*a, *b) for step in path], dtype=np.int64)
    found = np.empty((len(a), len(b)))
    edit_distances(steps, bounds[: len(a)], bounds[len(a) :], found)
    return found


def transported(a: Floats, b: Floats, costs: Floats) -> float:
    """Return the least cost of moving shares a to shares b (a linear programme)."""
    rows, columns = costs.shape
    leaves = np.kron(np.eye(rows), np.ones(columns))
    arrives = np.kron(np.ones(rows), np.eye(columns))
    found = linprog(
        costs.ravel(),
        A_eq=np.vstack([leaves, arrives]),
        b_eq=np.concatenate([a, b]),
        method="highs-ds",
    )
    return round(float(found.fun or 0), DIGITS)


def make_distances(context: Context) -> None:
    """Write `py_compared_distances`: one row per comparison.

    `earth_movers_distance` is of the most frequent variants of each side, and null
    where one has none; `covered_a` and `covered_b` are the journeys that follow them.
    """
    rows = context.con.execute(
        """
        select comparison_index, path, journeys_a, journeys_b
        from int_compared_variants
        order by comparison_index, variant_index
        """
    ).fetchall()
    told = [
        _told(index, [row[1:] for row in rows if row[0] == index])
        for index in dict.fromkeys(row[0] for row in rows)
    ]
    names = ("comparison_index", "covered_a", "covered_b", "earth_movers_distance")
    types = (pa.int64(), pa.int64(), pa.int64(), pa.float64())
    schema = pa.schema(list(zip(names, types, strict=True)))
    rows_told = [dict(zip(names, row, strict=True)) for row in told]
    write_arrow(
        context.con, "py_compared_distances", pa.Table.from_pylist(rows_told, schema)
    )


def _told(index: int, variants: list[Variant]) -> tuple[int, int, int, float | None]:
    a = _most_frequent([(path, journeys) for path, journeys, _ in variants])
    b = _most_frequent([(path, journeys) for path, _, journeys in variants])
    distance = earth_movers_distance(a, b) if a.paths and b.paths else None
    return index, sum(a.journeys), sum(b.journeys), distance


def _most_frequent(variants: list[tuple[Path, int]]) -> Variants:
    # The sort is stable: of equal ones the more frequent on both sides comes first.
    order = sorted(variants, key=lambda variant: -variant[1])
    chosen = [(path, journeys) for path, journeys in order if journeys][:MOST_VARIANTS]
    return Variants([path for path, _ in chosen], [journeys for _, journeys in chosen])


def _shares(variants: Variants) -> Floats:
    journeys = np.array(variants.journeys, dtype=np.float64)
    return np.asarray(journeys / journeys.sum())
