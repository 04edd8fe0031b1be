"""What differs between two sides, and since when the process is otherwise."""

from datetime import date

from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import (
    Block,
    activity,
    certainty,
    missing,
    points,
    points_between,
)
from journeymine.report.reader import Row


def read_comparisons(ground: Ground) -> list[Block]:
    """Return what differs most between the sides of each comparison."""
    tables = ground.tables
    totals = tables.rows(queries.COMPARISONS)
    if not totals:
        why = "Set [comparisons] in the project file to compare two groups or periods."
        title = "No two groups are compared"
        table = "fct_comparison_totals"
        return [missing(tables, ground.facts, table, title, why)]
    rows = tables.rows(queries.DIFFERENCES)
    return [
        _comparison(one, [row for row in rows if row.comparison == one.comparison])
        for one in totals
    ]


def compared_title(total: Row, rows: list[Row]) -> str:
    """Name what differs most between two sides; or say that nothing does clearly."""
    a, b = (words.capital(words.label(one)) for one in (total.label_a, total.label_b))
    if not rows:
        return f"“{a}” and “{b}” did not differ clearly"
    most = rows[0]
    more, less = (a, b) if (most.difference or 0) > 0 else (b, a)
    if most.kind != "transition":
        return f"One path is more frequent in “{more}” than “{less}”"
    target = activity(most.to_activity)
    return f"“{target}” follows more often in “{more}” than “{less}”"


def _comparison(total: Row, rows: list[Row]) -> Block:
    sides = [
        f"{label}: {words.plural(journeys, 'journey', 'journeys')}"
        for label, journeys in (
            (total.label_a, total.journeys_a or 0),
            (total.label_b, total.journeys_b or 0),
        )
    ]
    many = words.plural(total.differing_transitions or 0, "transition", "transitions")
    return Block(
        compared_title(total, rows),
        f"{words.capital(sides[0])}; {sides[1]}. {words.capital(many)} differ clearly;"
        " those that change most.",
        (
            "What follows",
            words.capital(total.label_a),
            words.capital(total.label_b),
            "Points",
            "95%",
            "q",
        ),
        [_difference(row) for row in rows],
        "How often a step is followed by another, of all times it happens on that side,"
        " or the share of a variant. The interval is over customers; q below 0.05 after"
        " Benjamini and Hochberg is taken for a difference.",
        (queries.COMPARISONS, queries.DIFFERENCES),
    )


def _difference(row: Row) -> tuple[str, ...]:
    ends = (row.from_activity, row.to_activity)
    is_step = row.kind == "transition" and None not in ends
    return (
        " → ".join(map(activity, ends)) if is_step else row.finding.split(":")[0],
        words.percent(row.rate_a),
        words.percent(row.rate_b),
        points(row.difference),
        points_between(row.difference_low, row.difference_high),
        certainty(row.q_value),
    )


def read_drift(ground: Ground) -> Block:
    """Return on which days the process changed."""
    rows = ground.tables.rows(queries.DRIFT)
    if not rows:
        why = "Without [drift] in the project file nobody looked for one."
        title = "No change of the process was found"
        return missing(ground.tables, ground.facts, "fct_drift", title, why)
    return Block(
        drift_title(rows),
        f"{_whole(rows)}How often a step went on so before and after a day, with the"
        " range that holds the day with 95% probability.",
        ("What changed", "On", "Between", "Before", "After", "Points"),
        [_drift(row) for row in rows if row.scope != "process"],
        "A day is marked where the change is sharper than chance makes one in a process"
        " that never changes. The whole compares the shares of all transitions; the"
        " table holds the transitions that changed most.",
        (queries.DRIFT,),
    )


def drift_title(rows: list[Row]) -> str:
    """Say when the process changed as a whole; else, that only parts did."""
    days = sorted(row.changed_on for row in rows if row.scope == "process")
    if not days:
        return "The process as a whole did not change clearly"
    if len(days) == 1:
        return f"The process changed on {_day(days[0])}"
    return f"The process changed {len(days)} times, last on {_day(days[-1])}"


def _whole(rows: list[Row]) -> str:
    days = [_day(row.changed_on) for row in rows if row.scope == "process"]
    return f"As a whole it changed on {', '.join(days)}. " if days else ""


def _drift(row: Row) -> tuple[str, ...]:
    ends = row.from_activity, row.to_activity
    return (
        " → ".join(map(activity, ends)),
        _day(row.changed_on),
        f"{_day(row.earliest_on)} {words.DASH} {_day(row.latest_on)}"
        if row.earliest_on != row.latest_on
        else words.NOTHING,
        words.percent(row.rate_before, row.journeys_before),
        words.percent(row.rate_after, row.journeys_after),
        points(row.difference),
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
