"""A metric: a figure of a project that is followed from period to period."""

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["up", "down", "none"]
Form = Literal["ratio", "mean", "total"]
Kind = Literal["month", "week"]

EITHER: tuple[Kind, ...] = ("month", "week")


@dataclass(frozen=True)
class Metric:
    """What is counted, of what, and what the figure means.

    Attributes
    ----------
    name
        As an objective names it: `funnel.checkout.conversion`.
    words
        What it is, in a sentence.
    unit
        `share`, `days`, ... as a chart's axis has it.
    direction
        Which way is better.
    query
        SQL over published tables that gives its value, of the days from `$since` on
        until before `$until`, in the slice `$persona`, `$segment`, `$segment_value`.
    family, subject, position, depth
        Where `int_kpi_cases` finds it; the last two are steps or periods.
    form
        `ratio` of two sums between `bounds`, `mean` without bounds, `total`.
    scale
        How many units of what is summed make one of `unit`.
    kinds
        Periods that it is told by.
    waits_for
        `time`: whether a case counts yet depends on its age alone. `outcome`: who
        acts fast is known first, so that a period counts once nearly all are known.
    is_once
        Whether a customer counts once per period.
    """

    name: str
    words: str
    unit: str
    direction: Direction
    query: str = field(repr=False)
    family: str
    subject: str = ""
    position: int = 0
    depth: int = 0
    form: Form = "ratio"
    scale: float = 1
    bounds: tuple[float, float] = (0, 1)
    kinds: tuple[Kind, ...] = EITHER
    waits_for: Literal["time", "outcome"] = "time"
    is_once: bool = False
