"""Frequent sub-sequences, and what journeys with them come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa

from journeymine.patterns.language import written
from journeymine.plan import Context
from journeymine.warehouse import write_arrow, write_table

if TYPE_CHECKING:
    from journeymine.sequences.grams import Grams
    from journeymine.sequences.journeys import Journeys, Slices, Small, Smallest

LONGEST = 5
MOST_OF_A_KIND = 25
"""Runs of 2, 3, 4 and 5, and pairs at any distance: 125 in all."""

SIGNS = {"direct": " -> ", "gapped": " ... "}
"""What stands between two activities, in the path language."""

LEAST_SHARE = 100
"""One journey in so many holds a frequent one."""


@dataclass(frozen=True)
class Subsequence:
    """Activities by code: directly after one another, or a pair at any distance."""

    kind: str
    activities: tuple[int, ...]


def make_subsequences(context: Context) -> None:
    """Write `py_subsequences` and `py_subsequence_sums`.

    The first numbers the sub-sequences from 1; the second has `SUMS` per slice of a
    persona, and under number 0 those of all its journeys.
    """
    # Importing numba takes half a second: who only asks for settings does not wait.
    from journeymine.sequences.journeys import (  # noqa: PLC0415
        read_journeys,
        read_slices,
    )

    con = context.con
    journeys = before_the_end(read_journeys(con), _ends(context))
    found, table = _summed(journeys, read_slices(con))
    _write_found(con, found)
    write_arrow(con, "py_subsequence_sums", table)


def before_the_end(journeys: "Journeys", ends: Iterable[int]) -> "Journeys":
    """Return what comes before the first goal or exit of each journey.

    After it the outcome is known, and a sub-sequence with it would only repeat that.
    """
    is_end = np.isin(journeys.activities, list(ends))
    # Rare activities are -1, which is no end: one more place at the end of the list.
    at = np.flatnonzero(np.append(is_end, False)[journeys.steps])
    first = np.searchsorted(at, journeys.starts)
    stops = np.append(at, len(journeys.steps))[first]
    return journeys._replace(stops=np.minimum(journeys.stops, stops))


def _write_found(con: duckdb.DuckDBPyConnection, found: list[Subsequence]) -> None:
    names = dict(
        con.execute("select activity_code, activity from int_activities").fetchall()
    )
    write_table(
        con,
        "py_subsequences",
        "subsequence_index bigint, subsequence varchar, kind varchar, length integer",
        [
            (
                number,
                SIGNS[one.kind].join(written(names[code]) for code in one.activities),
                one.kind,
                len(one.activities),
            )
            for number, one in enumerate(found, start=1)
        ],
    )


def _ends(context: Context) -> list[int]:
    found = context.con.execute(
        "select activity_code from int_activities"
        " where is_goal or exit_cause is not null order by activity_code"
    ).fetchall()
    return [int(str(code)) for (code,) in found]


def _summed(
    journeys: "Journeys", slices: "Slices"
) -> tuple[list[Subsequence], pa.Table]:
    from journeymine.sequences.grams import frequent_grams  # noqa: PLC0415  as above
    from journeymine.sequences.journeys import whole  # noqa: PLC0415
    from journeymine.sequences.members import (  # noqa: PLC0415
        SUMS,
        Chosen,
        sum_members,
    )
    from journeymine.sequences.pairs import count_pairs  # noqa: PLC0415

    least = max(2, -(-len(journeys.starts) // LEAST_SHARE))
    found: list[Subsequence] = []
    runs = np.stack(
        [
            _chosen_runs(grams, journeys, found)
            for grams in frequent_grams(journeys, LONGEST, least)
            if grams.runs.shape[1] > 1
        ]
    )
    counts = count_pairs(journeys, whole(slices), 0, 1)[0, :, :-1, 0]
    pairs = _chosen_pairs(counts, least, journeys, found)
    sums = sum_members(journeys, slices, Chosen(runs, pairs, len(found) + 1))
    place, number = np.nonzero(sums[:, :, 0])
    columns = {name: sums[place, number, at] for at, name in enumerate(SUMS)}
    key = {
        "slice_code": slices.codes[place],
        "subsequence_index": (number + 1) % (len(found) + 1),  # 0: all journeys
    }
    return found, pa.table(key | columns)


def _chosen_runs(
    grams: "Grams", journeys: "Journeys", found: list[Subsequence]
) -> "Smallest":
    """Add the most frequent runs to `found`; return which begins at each step."""
    numbers = np.full(len(grams.runs) + 1, -1, np.int16)  # the last one for none
    most = np.argsort(-grams.journeys, kind="stable")[:MOST_OF_A_KIND]
    for run in most:
        numbers[run] = len(found)
        codes = journeys.activities[grams.runs[run]]
        found.append(Subsequence("direct", tuple(map(int, codes))))
    return numbers[grams.at]


def _chosen_pairs(
    counts: "Small", least: int, journeys: "Journeys", found: list[Subsequence]
) -> "Smallest":
    """Add the most frequent pairs to `found`; return which each pair is."""
    numbers = np.full(counts.size, -1, np.int16)
    most = np.argsort(-counts.ravel(), kind="stable")[:MOST_OF_A_KIND]
    for pair in most[counts.ravel()[most] >= least]:
        numbers[pair] = len(found)
        codes = journeys.activities[[pair // len(counts), pair % len(counts)]]
        found.append(Subsequence("gapped", tuple(map(int, codes))))
    return numbers.reshape(counts.shape)
