"""What the measures say, in sentences: each is made of rows, and of nothing else."""

from collections.abc import Mapping, Sequence

from journeymine.report import words
from journeymine.report.reader import Row
from journeymine.report.trends import calendar
from journeymine.report.trends.measures import Measure

SURE = 0.05
STANDINGS = {
    "met": "Target met",
    "missed": "Target missed",
    "on_track": "On track",
    "at_risk": "At risk",
    "no_data": "Too few whole periods to tell",
}
GOOD, BAD = ("met", "on_track"), ("missed", "at_risk")


def is_clear(change: Row) -> bool:
    """Whether a change is one: the share of false ones is small, and 0 is outside."""
    low, high = change.difference_low, change.difference_high
    return bool(
        change.q_value is not None
        and change.q_value < SURE
        and low is not None
        and not low <= 0 <= high
    )


def surest(changes: Sequence[Row]) -> Row | None:
    """Return the clear change that is surest, of equals one for the worse."""
    clear = [one for one in changes if is_clear(one)]
    return min(
        clear,
        key=lambda one: (one.rank, not one.is_worse, one.metric, one.period),
        default=None,
    )


def changed(measure: Measure, change: Row) -> str:
    """Return that a measure rose or fell, from what to what, and when."""
    verb = "rose" if change.difference > 0 else "fell"
    when = calendar.within(change.period, change.period_kind)
    before = measure.told(change.value_before, change.n_before)
    after = measure.told(change.value_after, change.n_after)
    # A shorter month may count more for its length, yet less in all.
    if (change.difference > 0) != (change.value_after > change.value_before):
        by = measure.difference(change.difference).lstrip(f"+{words.MINUS}")
        return f"{measure.short} {verb} by {by} for the length of the period {when}"
    return f"{measure.short} {verb} from {before} to {after} {when}"


def unchanged(measure: Measure, tested: Sequence[Row]) -> str:
    """Return that no change of a measure is clear, or that there is none to test."""
    if tested:
        return f"{measure.short} did not change clearly"
    return f"{measure.short}: too few whole periods to compare"


def latest(measure: Measure, row: Row) -> str:
    """Return the value of a period with its interval and cases."""
    inside = [measure.interval(row.value_low, row.value_high, row.n)]
    if not measure.is_total:
        inside.append(words.cases(row.n))
    told = ", ".join(part for part in inside if part)
    known = "" if row.is_final else ", not final"
    value = measure.told(row.value, row.n)
    when = words.capital(calendar.name(row.period, row.period_kind))
    return f"{when}: {value}{f' ({told})' if told else ''}{known}."


def projected(measure: Measure, row: Row) -> str:
    """Return what is expected of the period of an objective's day."""
    if row.projection is None:
        return words.NOTHING
    low, high = row.projection_low, row.projection_high
    inside = measure.interval(low, high)
    return measure.told(row.projection) + (f" ({inside})" if inside else "")


def standing(status: str | None) -> str:
    """Return how an objective stands."""
    return STANDINGS.get(status or "", "Not known")


def headline(tested: Sequence[Row], measures: Mapping[str, Measure], kind: str) -> str:
    """Return what the section says first: the surest change of all customers."""
    sure = surest(tested)
    if sure:
        return changed(measures[sure.metric], sure)
    if tested:
        return f"No measure changed clearly from one {kind} to the next"
    return f"There are too few whole {kind}s to compare"


def objectives_lead(rows: Sequence[Row], is_part: bool = False) -> str:
    """Return how many objectives there are, and how they stand."""
    if not rows and is_part:
        return "No objective is set for these customers alone."
    if not rows:
        return (
            "No objective is set: add [objectives.NAME] with metric, target and by to"
            " the project file."
        )
    good = sum(row.status in GOOD for row in rows)
    known = sum(row.status in (*GOOD, *BAD) for row in rows)
    if len(rows) == 1:
        name = words.label(rows[0].objective)
        return f"Objective “{name}”: {standing(rows[0].status).lower()}."
    unknown = len(rows) - known
    told = f"{good} of {known} objectives are met or on track"
    return f"{told}; of {unknown} it cannot be told yet." if unknown else f"{told}."
