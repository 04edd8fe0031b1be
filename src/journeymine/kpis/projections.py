"""How the objectives of a project stand: where their metrics are, and are going."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from journeymine.kpis.projection import (
    LEAST_PERIODS,
    MOST_PERIODS,
    Projection,
    project,
)
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

DIGITS = 9

SCHEMA = pa.schema(
    {
        "objective": pa.string(),
        "period_code": pa.int64(),
        "projection": pa.float64(),
        "projection_low": pa.float64(),
        "projection_high": pa.float64(),
        "status": pa.string(),
    }
)

PERIODS = """
select
    periods.first_day, int_kpis.period_code, int_kpis.value, int_kpis.cases,
    (int_kpis.value_high - int_kpis.value_low) / 3.919928 as error
from int_kpis
inner join int_kpi_periods as periods on int_kpis.period_code = periods.period_code
where int_kpis.metric_index = $metric and periods.period_kind = $kind
    and int_kpis.is_final and int_kpis.value is not null
    and int_kpis.slice_code = (
        select min(slice_code) from int_slices
        where persona = $persona and segment = $segment and segment_value = $value
    )
order by periods.first_day
"""


@dataclass(frozen=True)
class _Objective:
    name: str
    metric: int
    target: float
    by: date
    kind: str
    is_up: bool
    form: str
    least: float | None
    most: float | None

    def reaches(self, value: float) -> bool:
        """Whether a value is as good as the target."""
        return value >= self.target if self.is_up else value <= self.target

    def status(self, found: Projection) -> str:
        """Say what a projection means for the target."""
        if self.reaches(found.value):
            return "on_track"
        best = found.high if self.is_up else found.low
        return "at_risk" if self.reaches(best) else "missed"

    def clipped(self, found: Projection) -> Projection:
        """Return a projection within what the metric can be."""
        least = 0.0 if self.least is None else self.least
        most = np.inf if self.most is None else self.most
        told = (found.value, found.low, found.high)
        return Projection(*(float(np.clip(one, least, most)) for one in told))


def make_projections(context: Context) -> None:
    """Write `py_kpi_projections`: objective, the period that tells, its status.

    That is the period of the day by which the target is to be met, once it is final;
    until then the last final one, with what is projected from it and those before.
    """
    con = context.con
    rows = con.sql(
        """
        select objectives.* exclude (owner), cfg_metrics.form,
            cfg_metrics.least / cfg_metrics.scale, cfg_metrics.most / cfg_metrics.scale
        from cfg_objectives as objectives
        inner join cfg_metrics on objectives.metric_index = cfg_metrics.metric_index
        order by objectives.objective
        """
    ).fetchall()
    told = []
    for name, metric, target, by, kind, direction, *rest in rows:
        persona, segment, value, *limits = rest
        is_up = direction != "down"
        objective = _Objective(name, metric, target, by, kind, is_up, *limits)
        asked = {"persona": persona, "segment": segment, "value": value}
        finals = con.execute(
            PERIODS, {"metric": metric, "kind": kind, **asked}
        ).fetchall()
        told.append((name, *_standing(objective, finals)))
    columns = zip(*told, strict=True) if told else [[] for _ in SCHEMA]
    arrays = [
        pa.array(one, field.type) for one, field in zip(columns, SCHEMA, strict=True)
    ]
    write_arrow(con, "py_kpi_projections", pa.table(arrays, schema=SCHEMA))


def _standing(
    objective: _Objective, finals: list[tuple[date, int, float, int, float]]
) -> tuple[int | None, float | None, float | None, float | None, str]:
    """Return the period that tells, the projection from it, and the status."""
    due = _place(objective.by, objective.kind)
    for day, code, value, *_ in finals:
        if _place(day, objective.kind) == due:
            status = "met" if objective.reaches(value) else "missed"
            return code, None, None, None, status
    recent = [one for one in finals[-MOST_PERIODS:] if one[3] > 0]
    last = finals[-1][1] if finals else None
    if len(recent) < LEAST_PERIODS or due < _place(recent[0][0], objective.kind):
        return last, None, None, None, "no_data"
    found = objective.clipped(_projected(objective, recent, due))
    value, low, high = (
        round(one, DIGITS) for one in (found.value, found.low, found.high)
    )
    return last, value, low, high, objective.status(found)


def _projected(
    objective: _Objective, finals: list[tuple[date, int, float, int, float]], due: int
) -> Projection:
    """Return what is to be expected of the period at a place. Totals go by the day."""
    is_total, kind = objective.form == "total", objective.kind
    places = np.array([_place(one[0], kind) for one in finals], dtype=np.float64)
    days = np.array([_days(int(place), kind) if is_total else 1 for place in places])
    values, cases, errors = (
        np.array([one[column] for one in finals], dtype=np.float64)
        for column in (2, 3, 4)
    )
    weights = days.astype(np.float64) if is_total else cases
    found = project(places, values / days, weights, np.nan_to_num(errors) / days, due)
    length = _days(due, kind) if is_total else 1
    return Projection(found.value * length, found.low * length, found.high * length)


def _place(day: date, kind: str) -> int:
    """Return the number of the month, or of the week from Monday, of a day."""
    return (
        day.year * 12 + day.month - 1 if kind == "month" else (day.toordinal() - 1) // 7
    )


def _days(place: int, kind: str) -> int:
    """Return how many days a month or week has."""
    if kind == "week":
        return 7
    first = date(place // 12, place % 12 + 1, 1)
    return ((first + timedelta(days=31)).replace(day=1) - first).days
