"""The three tables of funnels, as one judgement of their counts allows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from journeymine.small_cells.cells import Verdict
from journeymine.small_cells.funnels import STATES, WHOLE, Place, Steps, Told, told_of
from journeymine.small_cells.rows import Row

COUNTS = {
    "fct_funnel": (
        "entered", "reached", *STATES, "entered_mature", "reached_mature",
        "is_required", "is_by_mature",
    ),
    "fct_conversion": ("entered", "converted", "is_by_mature"),
    "fct_drop_offs": ("reached", "at_risk", "dropped_at_risk"),
}  # fmt: skip
"""The counts to read of each table."""

HEADLINE = ("conversion_rate", "conversion_rate_low", "conversion_rate_high")
MATURE = ("rate_mature", "rate_mature_low", "rate_mature_high")
AT_RISK = (
    "at_risk", "dropped_at_risk", "drop_rate", "drop_rate_low", "drop_rate_high",
    "expected_rate", "expected_basis", "excess", "value_lost", "q_value",
)  # fmt: skip
CONVERTED = (
    "converted", "rate_observed", "rate_observed_low", "rate_observed_high",
    "rate_km", "rate_km_low", "rate_km_high", *HEADLINE, "seconds_to_convert_p50",
    "seconds_to_convert_p90",
)  # fmt: skip

Rows = Mapping[str, Sequence[Row]]


def judged_funnels(tables: Rows, least: int) -> dict[str, Verdict]:
    """Return what is shared of each table of funnels.

    Parameters
    ----------
    tables
        Their rows, with the counts of `COUNTS`.
    """
    funnels: dict[str, Steps] = defaultdict(lambda: defaultdict(list))
    for row in sorted(tables["fct_funnel"], key=lambda row: int(row.category)):
        if row.counts["is_required"]:
            funnels[row.group][row.level, row.value].append(row)
    verdicts = {name: Verdict() for name in tables}
    for name, steps in sorted(funnels.items()):
        told = told_of(steps, least)
        _judge_steps(steps, told, verdicts["fct_funnel"])
        ends = [row for row in tables["fct_conversion"] if row.group == name]
        _judge_conversion(ends, steps, told, verdicts["fct_conversion"])
        leaks = [row for row in tables["fct_drop_offs"] if row.group == name]
        _judge_drop_offs(leaks, steps, told, verdicts["fct_drop_offs"])
    return verdicts


def _judge_steps(steps: Steps, told: Told, verdict: Verdict) -> None:
    for place, rows in steps.items():
        for index, row in enumerate(rows):
            if index in told.steps[place]:
                verdict.kept.add(row.number)
                _empty(verdict, row, _untold(row, index, place, told))


def _untold(row: Row, index: int, place: Place, told: Told) -> Iterator[str]:
    """Yield the columns of a step that are withheld."""
    yield from (state for state in STATES if (index, state) not in told.states[place])
    if index not in told.mature[place]:
        yield from ("entered_mature", "reached_mature", *MATURE)
        yield from HEADLINE if row.counts["is_by_mature"] else ()
    if not {index - 1, index} <= told.mature[place]:
        yield "rate_mature_of_previous"
    if index - 1 not in told.steps[place]:
        yield "rate_observed_of_previous"


def _judge_conversion(
    rows: Sequence[Row], steps: Steps, told: Told, verdict: Verdict
) -> None:
    last = len(steps[WHOLE]) - 1
    for row in rows:
        place = _place(row)
        if 0 not in told.steps.get(place, ()):
            continue
        verdict.kept.add(row.number)
        if last not in told.steps[place]:
            _empty(verdict, row, CONVERTED)
        if last not in told.mature[place] or last not in told.steps[place]:
            _empty(verdict, row, ("entered_mature", "converted_mature", *MATURE))
            _empty(verdict, row, HEADLINE if row.counts["is_by_mature"] else ())


def _judge_drop_offs(
    rows: Sequence[Row], steps: Steps, told: Told, verdict: Verdict
) -> None:
    indexes = {row.category: index for index, row in enumerate(steps[WHOLE])}
    are_rests = any(_mature_rest(row, steps, indexes) for row in rows)
    for row in rows:
        index, place = indexes[row.category], (row.level, row.value)
        # Of a period is told what was expected: the rate of the one before.
        if row.level == "period" or not {index, index + 1} <= told.steps[place]:
            continue
        verdict.kept.add(row.number)
        _empty(verdict, row, _untold_states(index, place, told))
        if are_rests or not {index, index + 1} <= told.mature[place]:
            _empty(verdict, row, AT_RISK)


def _untold_states(index: int, place: Place, told: Told) -> Iterator[str]:
    for state in ("dropped", "in_progress"):
        if (index, state) not in told.states[place]:
            yield state


def _mature_rest(row: Row, steps: Steps, indexes: Mapping[str, int]) -> bool:
    """Whether mature units neither went on nor dropped: exclusions tell of few."""
    if row.level == "period":
        return False
    after = steps[row.level, row.value][indexes[row.category] + 1]
    went_on = after.counts["reached_mature"]
    return row.counts["at_risk"] != went_on + row.counts["dropped_at_risk"]


def _place(row: Row) -> Place:
    """Return the place of a row; the month of a period is a segment as well."""
    is_period = row.level == "period"
    return ("segment month", row.value[:7]) if is_period else (row.level, row.value)


def _empty(verdict: Verdict, row: Row, columns: Sequence[str] | Iterator[str]) -> None:
    for column in columns:
        verdict.emptied[column].add(row.number)
