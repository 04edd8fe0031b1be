"""Ways that go with converting, or not: named patterns, and runs of steps."""

from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import (
    Block,
    missing,
    points,
    points_between,
    way,
)
from journeymine.report.reader import Row


def read_patterns(ground: Ground) -> Block:
    """Return the named patterns, and how journeys that follow them end."""
    rows = ground.tables.rows(queries.PATTERNS)
    if not rows:
        why = "Name a path in [patterns] of the project file to follow it here."
        title = "No pattern is named"
        return missing(ground.tables, ground.facts, "fct_patterns", title, why)
    return Block(
        pattern_title(rows),
        "Conversion of journeys that follow the pattern against the others, with 95%"
        " interval. Association, not proof of cause.",
        ("Pattern", "Journeys", "Share", "With it", "95%", "Without", "95%"),
        [_pattern(row) for row in rows],
        "Journeys that a pattern of [patterns] fits, and the converted share of those"
        " that have ended, with intervals over customers.",
        (queries.PATTERNS,),
    )


def pattern_title(rows: list[Row]) -> str:
    """Name the pattern whose journeys convert most otherwise, if any clearly does."""
    clear = [row for row in rows if _apart(row)]
    if not clear:
        return "Journeys with a pattern did not convert clearly otherwise"

    def gap(row: Row) -> tuple[float, str]:
        return -abs(row.conversion_rate - row.conversion_rate_without), row.pattern

    most = min(clear, key=gap)
    way_ = "more" if most.conversion_rate > most.conversion_rate_without else "less"
    rates = (
        words.percent(most.conversion_rate, most.ended),
        words.percent(most.conversion_rate_without),
    )
    return (
        f"“{words.label(most.pattern)}” convert {way_}: {rates[0]}, others {rates[1]}"
    )


def _apart(row: Row) -> bool:
    """Whether the intervals of both rates share no point."""
    bounds = (
        row.conversion_rate_low,
        row.conversion_rate_high,
        row.conversion_rate_without_low,
        row.conversion_rate_without_high,
    )
    if any(one is None for one in bounds):
        return False
    low, high, other_low, other_high = bounds
    return bool(low > other_high or high < other_low)


def _pattern(row: Row) -> tuple[str, ...]:
    unknown = row.unknown_activities
    others = row.conversion_rate_without_low, row.conversion_rate_without_high
    note = f" (no event is called {unknown})" if unknown else ""
    return (
        words.label(row.pattern) + note,
        words.count(row.journeys),
        words.percent(row.share),
        words.percent(row.conversion_rate, row.ended),
        words.interval(row.conversion_rate_low, row.conversion_rate_high, row.ended)
        or words.NOTHING,
        words.percent(row.conversion_rate_without),
        words.interval(*others) or words.NOTHING,
    )


def read_subsequences(ground: Ground) -> Block:
    """Return the runs of steps that go most with conversion, and most without it."""
    rows = ground.tables.rows(queries.SUBSEQUENCES)
    if not rows:
        title = "No run of steps clearly goes with conversion"
        why = "No run in enough journeys differs beyond chance."
        return missing(ground.tables, ground.facts, "fct_subsequences", title, why)
    return Block(
        subsequence_title(rows),
        "Conversion of journeys that hold the steps (→ directly after, … sooner or"
        " later) against the others: four each way. Association, not proof of cause.",
        ("Steps", "Journeys", "With", "Without", "Lift", "Points", "95%"),
        [_subsequence(row) for row in rows],
        "Frequent sub-sequences before a journey's first goal or exit, with q below"
        " 0.05 after Benjamini and Hochberg. What every converting journey holds is"
        " left out: it tells nothing new; of those in the same journeys, the shortest"
        " is shown.",
        (queries.SUBSEQUENCES,),
    )


def subsequence_title(rows: list[Row]) -> str:
    """Name what goes most with not converting; else with converting."""
    worst, best = rows[-1], rows[0]
    told = worst if (worst.difference or 0) < 0 else best
    kind = "fewer" if told is worst and (worst.difference or 0) < 0 else "more"
    return f"“{way(told.subsequence)}” goes with {kind} conversions"


def _subsequence(row: Row) -> tuple[str, ...]:
    return (
        way(row.subsequence),
        words.count(row.journeys),
        words.percent(row.conversion_rate, row.ended),
        words.percent(row.conversion_rate_without),
        words.NOTHING if row.lift is None else f"{row.lift:.1f}",
        points(row.difference),
        points_between(row.difference_low, row.difference_high),
    )
