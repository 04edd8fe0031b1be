"""What it would bring if fewer left a step of a funnel: standard scenarios."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeymine.pain_points.uplift import of_rate, uplift
from journeymine.plan import Context
from journeymine.warehouse import Row, write_table

ALL = "all"
CUTS = {"minus_10_percent": 0.10, "minus_25_percent": 0.25}
LEAST = 30
"""At risk, on either side; of fewer nothing is said."""

COLUMNS = """
    funnel varchar, step_index integer, period varchar, persona varchar,
    scenario varchar, at_risk bigint, dropped bigint, converted bigint,
    new_rate double, uplift double, uplift_low double, uplift_high double
"""
COUNTS = """
with counts as (
    select funnel, period, persona, step_index, at_risk, dropped_at_risk as dropped
    from int_drop_off_counts
    where segment = 'all'
)
select
    funnel, period, persona, step_index, at_risk, dropped,
    arg_max(at_risk - dropped, step_index) over (
        partition by funnel, period, persona
    ) as converted
from counts
order by all
"""


@dataclass(frozen=True)
class Step:
    """A step of a funnel in a period, by a persona or all."""

    funnel: str
    period: str
    persona: str
    step_index: int
    at_risk: int
    dropped: int
    converted: int

    @property
    def rate(self) -> float:
        """Of those at risk, who leaves."""
        return self.dropped / self.at_risk

    @property
    def spread(self) -> float:
        """The variance of the rate."""
        share = (self.dropped + 1) / (self.at_risk + 2)
        return share * (1 - share) / self.at_risk


def make_scenarios(context: Context) -> None:
    """Write `py_scenarios`: conversions gained at each step, with their intervals."""
    found = context.con.execute(COUNTS).fetchall()
    steps = [Step(*row) for row in found if row[4] >= LEAST]
    write_table(context.con, "py_scenarios", COLUMNS, [*_rows(steps)])


def kept(step: Step, rate: float, spread: float = 0.0) -> tuple[float, float]:
    """Return how many more go on if another share leaves, and the variance of that.

    Parameters
    ----------
    spread
        Variance of the new rate; 0 where it is set.
    """
    at_risk, dropped = np.array([step.at_risk, step.dropped], np.float64)
    variance = of_rate(at_risk, dropped, spread)
    return step.dropped - rate * step.at_risk, float(variance)


def gain(step: Step, more: float, variance: float) -> tuple[float, float, float]:
    """Return the conversions that so many more bring, with their 95 % interval."""
    went_on = step.at_risk - step.dropped
    figures = (more, variance, went_on, step.converted)
    worth = uplift(*(np.array(float(one)) for one in figures))
    return float(worth.value), float(worth.low), float(worth.high)


def _rows(steps: list[Step]) -> Iterator[Row]:
    best: dict[tuple[str, int], Step] = {}
    at = {(one.funnel, one.period, one.persona, one.step_index): one for one in steps}
    for one in steps:
        place = one.funnel, one.step_index
        if one.period == ALL != one.persona:
            other = best.setdefault(place, one)
            best[place] = min(one, other, key=lambda step: (step.rate, step.persona))
    for one in steps:
        if one.period == ALL:
            target = best.get((one.funnel, one.step_index))
            if target and target.rate < one.rate:
                yield _row(one, "best_persona", target.rate, target.spread)
            for name, share in CUTS.items():
                # A share of what is lost, whatever that is: as sure as the count.
                less, spread = one.dropped * share, share**2 * one.spread
                figures = gain(one, less, spread * one.at_risk**2)
                yield _told(one, name, one.rate * (1 - share), figures)
            continue
        earlier = at.get((one.funnel, _before(one.period), one.persona, one.step_index))
        if earlier:
            yield _row(one, "period_before", earlier.rate, earlier.spread)


def _row(step: Step, scenario: str, rate: float, spread: float) -> Row:
    return _told(step, scenario, rate, gain(step, *kept(step, rate, spread)))


def _told(step: Step, scenario: str, rate: float, figures: tuple[float, ...]) -> Row:
    rounded = (round(one, 9) if one == one else None for one in (rate, *figures))
    return (
        step.funnel,
        step.step_index,
        step.period,
        step.persona,
        scenario,
        step.at_risk,
        step.dropped,
        step.converted,
        *rounded,
    )


def _before(period: str) -> str:
    year, month, _ = (int(part) for part in period.split("-"))
    months = year * 12 + month - 2
    return f"{months // 12:04}-{months % 12 + 1:02}-01"
