"""Where a funnel parts from our own rules, because it counts by another system's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.funnels import queries
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

NAMES = {"posthog": "PostHog", "mixpanel": "Mixpanel", "clickhouse": "ClickHouse"}
HEAD = ["Step", "Reached", "By our own rules", "Difference", "Gained", "Lost"]


@dataclass(frozen=True)
class Dialect:
    """A funnel counted twice."""

    name: str
    title: str
    table: list[list[str]]


def read_dialects(ground: Ground) -> dict[str, Dialect]:
    """Return the funnels that have a dialect, with both ways of counting."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.DIALECTS):
        rows[row.funnel].append(row)
    return {
        funnel: Dialect(
            NAMES.get(steps[0].dialect, steps[0].dialect),
            title(steps),
            [_cells(row) for row in steps],
        )
        for funnel, steps in rows.items()
    }


def title(rows: Sequence[Row]) -> str:
    """Say how many more or fewer reach the last step by the dialect's rules."""
    last = rows[-1]
    system = NAMES.get(last.dialect, last.dialect)
    if last.difference is None:
        return f"By the rules of {system}: what differs is withheld"
    if not last.difference:
        return f"By the rules of {system} as many reach “{words.label(last.step)}”"
    more = "more" if last.difference > 0 else "fewer"
    many = words.count(abs(last.difference))
    return f"By the rules of {system} {many} {more} reach “{words.label(last.step)}”"


def _cells(row: Row) -> list[str]:
    difference = words.NOTHING
    if row.difference is not None:
        difference = words.signed(row.difference, 0)
    counts = row.reached, row.reached_own
    units = row.units_gained, row.units_lost
    return [
        f"{row.step_index}. {words.label(row.step)}",
        *map(words.count, counts),
        difference,
        *map(words.count, units),
    ]
