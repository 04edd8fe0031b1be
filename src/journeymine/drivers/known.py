"""What is known of the units at their landmarks, as arrays: one place per unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from journeymine.drivers.counting import Flags, Integers
from journeymine.drivers.exposures import WORD

MOST_VALUES = 20
"""Of an attribute, the most frequent ones at a step are tried."""

UNKNOWN = "(not yet)"
"""The persona of who had none at the landmark: no slice, and no driver."""

SLICES = ("channel", "month")
"""Segments that are settled when a unit enters; the others may be told later."""


class Driver(NamedTuple):
    """What some units have at their landmark, and others do not."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True)
class Coded:
    """A text of some units: their places, ascending, and which of the values each has.

    Or, of activities, bits: value k is bit k.
    """

    place: Integers
    code: Integers
    values: Sequence[str]

    def within(self, span: slice) -> "Coded":
        """Return those of some units, with places from 0."""
        ends = np.searchsorted(self.place, [span.start, span.stop])
        part = slice(*ends)
        return Coded(self.place[part] - span.start, self.code[part], self.values)


@dataclass(frozen=True)
class Known:
    """All units at all landmarks, in order of funnel and step.

    Attributes
    ----------
    steps
        Funnel and step, and where its units stand.
    words
        Activities, a part of them each.
    texts
        The further drivers, by kind and name.
    """

    steps: Sequence[tuple[str, int, slice]]
    customer: Integers
    is_converted: Flags
    events: Integers
    words: Sequence[Coded]
    texts: Sequence[tuple[str, str, Coded]]

    def drivers(self, span: slice) -> Iterator[tuple[Driver, Flags]]:
        """Yield what may part the units of a step, and which of them have it."""
        units = span.stop - span.start
        for word in self.words:
            part = word.within(span)
            bits = np.zeros(units, np.int64)
            bits[part.place] = part.code
            for bit, activity in enumerate(part.values):
                yield Driver("activity", activity, "happened"), (bits >> bit) & 1 == 1
        for kind, name, text in self.texts:
            part = text.within(span)
            sizes = np.bincount(part.code, minlength=len(part.values))
            for code in np.argsort(-sizes, kind="stable")[:MOST_VALUES]:
                if part.values[code] == UNKNOWN:
                    continue
                has_it = np.zeros(units, np.bool_)
                has_it[part.place[part.code == code]] = True
                yield Driver(kind, name, part.values[code]), has_it


def read_known(con: duckdb.DuckDBPyConnection) -> Known:
    """Read what was known at the landmarks."""
    rows = con.sql("from int_driver_landmarks order by landmark_code").to_arrow_table()
    words = con.sql(
        "from py_driver_activities order by word_index, landmark_code"
    ).to_arrow_table()
    events = np.bincount(
        _integers(words, "landmark_code") - 1,
        _integers(words, "events"),
        minlength=rows.num_rows,
    )
    texts = [("persona", "persona", _coded(rows, "persona"))]
    texts += [("segment", name, _coded(rows, name)) for name in SLICES]
    return Known(
        _steps(rows),
        _integers(rows, "customer_code"),
        rows["is_converted"].to_numpy(),
        events.astype(np.int64),
        _words(con, words),
        [*texts, *_attributes(con)],
    )


def _steps(rows: pa.Table) -> list[tuple[str, int, slice]]:
    found = rows.select(["funnel", "step_index"]).group_by(
        ["funnel", "step_index"], use_threads=False
    )
    sizes = found.aggregate([([], "count_all")]).to_pylist()
    ends = np.cumsum([size["count_all"] for size in sizes])
    return [
        (
            size["funnel"],
            size["step_index"],
            slice(int(end) - size["count_all"], int(end)),
        )
        for size, end in zip(sizes, ends, strict=True)
    ]


def _words(con: duckdb.DuckDBPyConnection, words: pa.Table) -> list[Coded]:
    named = con.execute(
        """
        select int_activities.activity
        from py_driver_places
        inner join int_activities
            on py_driver_places.activity_code = int_activities.activity_code
        order by py_driver_places.place
        """
    ).fetchall()
    names = [str(row[0]) for row in named]
    word = _integers(words, "word_index")
    place, bits = _integers(words, "landmark_code") - 1, _integers(words, "activities")
    return [
        Coded(place[word == at], bits[word == at], names[WORD * at : WORD * (at + 1)])
        for at in range(-(-len(names) // WORD))
    ]


def _attributes(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, Coded]]:
    told = con.sql(
        """
        select cfg_segments.segment, told.landmark_code, told.segment_value
        from py_driver_attributes as told
        inner join cfg_segments on told.segment_index = cfg_segments.segment_index
        order by cfg_segments.segment, told.landmark_code
        """
    ).to_arrow_table()
    names = told["segment"].to_numpy()
    return [
        ("attribute", str(name), _coded(told.filter(pa.array(names == name))))
        for name in dict.fromkeys(names)
    ]


def _coded(rows: pa.Table, column: str = "segment_value") -> Coded:
    """Return a text column with its values numbered in their order."""
    values, code = np.unique(
        np.asarray(rows[column].to_numpy(), dtype=object), return_inverse=True
    )
    place = _integers(rows, "landmark_code") - 1
    return Coded(place, np.asarray(code, np.int64), [str(value) for value in values])


def _integers(rows: pa.Table, column: str) -> Integers:
    return np.asarray(rows[column].to_numpy(), dtype=np.int64)
