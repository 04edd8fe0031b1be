"""The values of each measure over time, for all customers and for each slice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journeymine.report.reader import Row, Tables
from journeymine.report.trends import queries
from journeymine.report.trends.calendar import MONTH, WEEK, Calendar, spanning
from journeymine.report.trends.measures import Measure

TOO_FEW = 5
FEW_MONTHS = 3

Slice = tuple[str, str, str]
EVERYONE: Slice = ("all", "all", "all")


@dataclass(frozen=True)
class Key:
    """What a line is of: a measure, a kind of period and a slice."""

    metric: str
    kind: str
    slice: Slice


@dataclass(frozen=True)
class Line:
    """The rows of a line by period, in order, each with what it is called."""

    key: Key
    measure: Measure
    rows: tuple[Row, ...]

    def is_known(self, row: Row) -> bool:
        """Whether a value tells something: few cases have no rate."""
        is_few = row.n < TOO_FEW and not (self.measure.is_total and row.is_final)
        return row.value is not None and not is_few

    @property
    def known(self) -> tuple[Row, ...]:
        """The rows whose value is shown."""
        return tuple(row for row in self.rows if self.is_known(row))

    @property
    def last(self) -> Row | None:
        """The last row that is shown and final, else the last that is shown."""
        final = [row for row in self.known if row.is_final]
        shown = final or self.known
        return shown[-1] if shown else None


def slice_of(row: Row) -> Slice:
    """Return the slice of a row."""
    return row.persona, row.segment, row.segment_value


def read_lines(tables: Tables, measures: Mapping[str, Measure]) -> dict[Key, Line]:
    """Return the lines, in order of their keys' first rows."""
    found: dict[Key, dict[str, Row]] = {}
    for row in tables.rows(queries.KPIS):
        key = Key(row.metric, row.period_kind, slice_of(row))
        # A measure with two objectives has its values twice.
        found.setdefault(key, {}).setdefault(row.period, row)
    return {
        key: Line(key, measures[key.metric], tuple(rows[one] for one in sorted(rows)))
        for key, rows in found.items()
        if key.metric in measures
    }


def kind_of(lines: Mapping[Key, Line]) -> str:
    """Return by what the drawings go: months, or weeks where there are few months."""
    months = {
        row.period
        for key, line in lines.items()
        if key.kind == MONTH
        for row in line.known
    }
    has_weeks = any(key.kind == WEEK and line.known for key, line in lines.items())
    return WEEK if len(months) < FEW_MONTHS and has_weeks else MONTH


def time_of(lines: Iterable[Line]) -> Calendar | None:
    """Return the time that has a value anywhere."""
    return spanning((row.period, row.period_kind) for one in lines for row in one.known)
