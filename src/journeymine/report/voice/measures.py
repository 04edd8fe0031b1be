"""What is measured of answers, and how a value of it is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from journeymine.report import words
from journeymine.report.charts import scales
from journeymine.report.reader import Row

FEW_ANSWERS = 5
NOT_KNOWN = "Not known"
NPS_STEPS = (5, 10, 20, 25, 50)


@dataclass(frozen=True)
class Measure:
    """A measure: its column, that of its answers, and the words for it."""

    key: str
    name: str
    meaning: str
    answers: str
    write: Callable[[float | None, float | None], str]
    write_between: Callable[[float | None, float | None, float | None], str]

    def n(self, row: Row) -> int:
        """Return how many answers it is of; withheld is none."""
        return int(getattr(row, self.answers) or 0)

    def value(self, row: Row) -> float | None:
        """Return the value; None where it is of too few answers."""
        known: float | None = getattr(row, self.key)
        return known if self.n(row) >= FEW_ANSWERS else None

    def bounds(self, row: Row) -> tuple[float | None, float | None]:
        """Return the 95% interval."""
        return getattr(row, f"{self.key}_low"), getattr(row, f"{self.key}_high")

    def told(self, row: Row) -> str:
        """Return the value in words, or why there is none."""
        if self.value(row) is not None:
            return self.write(self.value(row), self.n(row))
        if getattr(row, self.answers) is None:
            return "withheld"
        return "too few" if self.n(row) else words.NOTHING

    def inside(self, row: Row) -> str:
        """Return the interval in words; empty where there is no value."""
        if self.value(row) is None:
            return ""
        return self.write_between(*self.bounds(row), self.n(row))

    def evidence(self, row: Row) -> str:
        """Return interval and n."""
        return ", ".join(p for p in (self.inside(row), words.cases(self.n(row))) if p)


def _points(value: float | None, _: float | None) -> str:
    return words.signed(value, 0)


def _points_between(low: float | None, high: float | None, _: float | None) -> str:
    return words.between(low, high, 0)


def _mood(value: float | None, _: float | None) -> str:
    return words.signed(value)


def _mood_between(low: float | None, high: float | None, _: float | None) -> str:
    return words.between(low, high)


NPS = Measure(
    "nps", "NPS", "% promoters minus % detractors", "nps_answers", _points,
    _points_between,
)  # fmt: skip
CSAT = Measure(
    "csat", "CSAT", "share that chose one of the two best answers", "csat_answers",
    words.percent, words.interval,
)  # fmt: skip
CES = Measure(
    "ces", "CES", "share that found it easy", "ces_answers", words.percent,
    words.interval,
)  # fmt: skip
EMOTION = Measure(
    "emotion", "Emotion", f"mean of all answers, {words.MINUS}1 to{words.SPACE}+1",
    "answers", _mood, _mood_between,
)  # fmt: skip
MEASURES = (NPS, CSAT, CES, EMOTION)


def ticks(measure: Measure, values: Iterable[float]) -> scales.Ticks:
    """Return the levels of a drawing; emotion has one scale, so that it compares."""
    if measure is EMOTION:
        levels: Sequence[float] = (-1, -0.5, 0, 0.5, 1)
        return tuple((one, words.signed(one, 1)) for one in levels)
    if measure is not NPS:
        return scales.shares(values)
    found = [0.0, *values]
    span = max(found) - min(found)
    step = next((one for one in NPS_STEPS if 4 * one >= span), NPS_STEPS[-1])
    first, last = floor(min(found) / step), max(1, ceil(max(found) / step))
    return tuple(
        (float(n * step), words.signed(n * step, 0)) for n in range(first, last + 1)
    )
