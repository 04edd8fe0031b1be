"""What customers do again, and how they go from channel to channel."""

from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import Block, missing
from journeymine.report.reader import Row


def read_rework(ground: Ground) -> Block:
    """Return what is done again, and what goes to and fro."""
    rows = ground.tables.rows(queries.REWORK)
    if not rows:
        title, why = "Nothing is done twice", "No journey holds an activity again."
        return missing(ground.tables, ground.facts, "fct_rework", title, why)
    return Block(
        rework_title(rows),
        "Steps that repeat an activity of their journey, and runs of two in turn (⇄).",
        ("What", "Times", "Journeys", "Customers", "Mean time"),
        [_rework(row) for row in rows],
        "A step that repeats an activity of its journey is done again; two activities"
        " in turn, each at least twice, go to and fro. Mean time: since it was last"
        " done, or of the whole run.",
        (queries.REWORK,),
    )


def rework_title(rows: list[Row]) -> str:
    """Name what most journeys do again."""
    most = rows[0]
    journeys = words.plural(most.journeys, "journey", "journeys")
    if most.kind == "ping_pong":
        return f"{_turn(most)} go to and fro in {journeys}"
    return f"“{words.label(most.activity)}” is done again in {journeys}"


def _turn(row: Row) -> str:
    return f"{words.label(row.activity)} ⇄ {words.label(row.other_activity)}"


def _rework(row: Row) -> tuple[str, ...]:
    return (
        _turn(row) if row.kind == "ping_pong" else words.label(row.activity),
        words.count(row.occurrences),
        words.count(row.journeys),
        words.count(row.customers),
        words.duration(row.mean_seconds),
    )


def read_switches(ground: Ground) -> Block:
    """Return the switches from one channel to another."""
    rows = ground.tables.rows(queries.SWITCHES)
    if not rows:
        title, why = "Nobody switched channels", "No journey is on two channels."
        table = "fct_channel_switches"
        return missing(ground.tables, ground.facts, table, title, why)
    return Block(
        switch_title(rows[0]),
        "A customer's own step on another channel than the one before.",
        ("From → to", "Switches", "Share", "Customers", "Mean time"),
        [_switch(row) for row in rows],
        "Switches of all journeys; share of all switches. Mean time from the step"
        " before to the first on the other channel.",
        (queries.SWITCHES,),
        ("fct_channel_switches.share",),
    )


def switch_title(row: Row) -> str:
    """Name the most frequent switch."""
    ends = f"{words.label(row.from_channel)} to {words.label(row.to_channel)}"
    return f"{words.percent(row.share)} of switches lead from {ends}"


def _switch(row: Row) -> tuple[str, ...]:
    return (
        f"{words.label(row.from_channel)} → {words.label(row.to_channel)}",
        words.count(row.switches),
        words.percent(row.share),
        words.count(row.customers),
        words.duration(row.mean_seconds),
    )
