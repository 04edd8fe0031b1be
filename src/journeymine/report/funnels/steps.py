"""One step of a funnel, as it is written."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.funnels.bars import draw_bar, draw_held
from journeymine.report.reader import Row


@dataclass(frozen=True)
class Step:
    """One row of a funnel, as it is written."""

    name: str
    bar: Markup
    reached: str
    share: str
    in_progress: str
    dropped_before: str
    leave: str = words.NOTHING
    leave_interval: str = ""
    is_optional: bool = False


def step_of(row: Row, before: tuple[int | None, int | None], is_first: bool) -> Step:
    """Return a step, with who still had time and who had left before it."""
    waiting, gone = before
    step = Step(
        name=f"{row.step_index}. {words.label(row.step)}",
        bar=_bar(row.reached, waiting, gone),
        reached=words.count(row.reached),
        share=words.percent(_of(row.reached, row.entered), row.entered),
        in_progress=words.NOTHING if is_first else words.count(waiting),
        dropped_before=words.NOTHING if is_first else words.count(gone),
    )
    return _held(step, row) if row.is_optional else step


def _held(step: Step, row: Row) -> Step:
    """Return an optional step: who holds it has reached it, the others lack nothing."""
    return replace(
        step,
        name=f"{step.name} (optional)",
        is_optional=True,
        bar=draw_held(row.reached or 0, row.entered or 0),
        in_progress=words.NOTHING,
        dropped_before=words.NOTHING,
    )


def with_leave(step: Step, loss: Row | None) -> Step:
    """Add who leaves after a step: of those who had all their time."""
    if loss is None:
        return step
    bounds = words.interval(loss.drop_rate_low, loss.drop_rate_high, loss.at_risk)
    rate = words.percent(loss.drop_rate, loss.at_risk)
    return replace(step, leave=rate, leave_interval=bounds)


def _bar(reached: int | None, waiting: int | None, gone: int | None) -> Markup:
    """Draw a bar of counts, none of which is withheld."""
    if reached is None or waiting is None or gone is None:
        return Markup("")
    return draw_bar(reached, waiting, gone)


def _of(part: float | None, whole: float | None) -> float | None:
    return part / whole if whole and part is not None else None
