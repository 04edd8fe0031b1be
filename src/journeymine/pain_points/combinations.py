"""The combinations of values that slice units, as codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from journeymine.pain_points.cells import Codes, Sets

MONTH = "year({0}) * 12 + month({0}) - 1"
"""SQL for what `slices.month_number` returns."""

MOST_MONTHS = 24
"""What is longer ago is no longer to be mended: it is left out."""


@dataclass(frozen=True)
class Combinations:
    """Persona and value of each segment, by number of the combination, from 1.

    Slices by outcome are left out: who abandoned has left by definition.
    """

    personas: Sequence[str]
    persona: Codes
    segments: Mapping[str, Sequence[str]]
    values: Mapping[str, Codes]

    def sets(self, slice_set: Codes, month: Codes) -> Sets:
        """Return what slices units of combinations in months."""
        months, places = np.unique(month, return_inverse=True)
        return Sets(
            months.tolist(),
            places.astype(np.int64),
            self.personas,
            self.persona[slice_set - 1],
            self.segments,
            {name: codes[slice_set - 1] for name, codes in self.values.items()},
        )


def read_combinations(con: duckdb.DuckDBPyConnection) -> Combinations:
    """Read the combinations of a run."""
    rows = con.execute(
        "select persona, segment_values from int_slice_sets order by slice_set"
    ).fetchall()
    names = con.execute(
        "select segment_index - 1, segment from cfg_segments"
        " where segment not in ('month', 'outcome') order by segment_index"
    ).fetchall()
    personas, persona = _coded([persona for persona, _ in rows])
    coded = {name: _coded([values[at] for _, values in rows]) for at, name in names}
    return Combinations(
        personas,
        persona,
        {name: values for name, (values, _) in coded.items()},
        {name: codes for name, (_, codes) in coded.items()},
    )


def recent(month: Codes) -> NDArray[np.bool_]:
    """Return which months are among the last."""
    return np.asarray(month > month.max(initial=0) - MOST_MONTHS)


def _coded(values: list[str]) -> tuple[list[str], Codes]:
    """Return the values in order, each once, and the place of each of them there."""
    names = sorted(set(values))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[value] for value in values], dtype=np.int64)
