"""In which periods cases count: by their day, by their moment, or as they say."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from journeymine.kpis.metric import Kind

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Periods:
    """The periods in order of their numbers: place 0 has number 1."""

    kinds: list[str]
    first_days: Integers
    last_days: Integers
    spans: Integers
    previous: Integers

    def of(self, cases: dict[str, Integers], kinds: tuple[Kind, ...]) -> Integers:
        """Return the periods of cases, -1 for none: a column for each that may be.

        What is told by months or weeks alone is of these and the whole, and of no other
        span.
        """
        if cases["period_code"].any():
            return cases["period_code"][:, None] - 1
        days, moments = cases["day"], cases["moment_us"]
        found = [np.full(len(days), place) for place in self._places("all")]
        found += [self._calendar(kind, days) for kind in kinds]
        for place in self._places("comparison") if len(kinds) > 1 else []:
            since, until = self.spans[place]
            is_in = (moments >= since) & (moments < until)
            found.append(np.where(is_in, place, -1))
        shape = (len(found), len(days))
        return np.array(found, dtype=np.int64).reshape(shape).T.copy()

    def _places(self, kind: str) -> list[int]:
        return [place for place, one in enumerate(self.kinds) if one == kind]

    def _calendar(self, kind: Kind, days: Integers) -> Integers:
        places = np.array(self._places(kind), dtype=np.int64)
        if not len(places):
            return np.full(len(days), -1)
        first, last = self.first_days[places].min(), self.last_days[places].max()
        of_day = np.full(last - first + 2, -1)
        for place in places:
            begin, end = self.first_days[place], self.last_days[place] + 1
            of_day[begin - first : end - first] = place
        # The last one stands for the days without a period.
        is_in = (first <= days) & (days <= last)
        return np.asarray(of_day[np.where(is_in, days - first, -1)])


def read_periods(con: duckdb.DuckDBPyConnection) -> Periods:
    """Return the periods of `int_kpi_periods`."""
    rows = con.sql(
        """
        select period_kind, coalesce(first_day - date '1970-01-01', 0) as first,
            first + cast(days as integer) - 1, started_us, ended_us,
            coalesce(previous_code, 0) - 1
        from int_kpi_periods order by period_code
        """
    ).fetchall()
    told = np.array([row[1:] for row in rows], dtype=np.int64).reshape(-1, 5)
    kinds = [str(row[0]) for row in rows]
    return Periods(kinds, told[:, 0], told[:, 1], told[:, 2:4], told[:, 4])
