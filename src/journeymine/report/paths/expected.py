"""The expected journey against the actual ones."""

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import (
    Block,
    certainty,
    is_clear,
    missing,
    points,
    points_between,
)
from journeymine.report.reader import Row

KINDS = {
    "skipped": "left out",
    "unfinished": "not reached",
    "wrong_order": "out of order",
    "inserted": "once more than expected",
    "forbidden": "although never expected",
    "too_late": "too late",
}
ENDINGS = {"converted": "Converted", "lost": "Lost", "open": "In progress"}
ABSENT = "Set [expected] in the project file to compare journeys with what you expect."


def read_expected(ground: Ground) -> list[Block]:
    """Return who keeps to the expected journey, what deviates, and the ways taken."""
    tables, facts = ground.tables, ground.facts
    rows = tables.rows(queries.CONFORMANCE)
    if not any(row.persona == "all" and row.journeys for row in rows):
        title = "No expected journey to compare with"
        return [missing(tables, facts, "fct_conformance", title, ABSENT)]
    return [
        _conformance(rows, facts),
        _deviations(tables.rows(queries.DEVIATIONS), facts),
        _variants(tables.rows(queries.EXPECTED_VARIANTS)),
    ]


def kept_title(row: Row) -> str:
    """Say what share of journeys keeps to the expected one."""
    if row.conforming_share is None:
        return "How many keep to the expected journey is not known"
    share = words.percent(row.conforming_share, row.judged)
    return f"{share} of journeys keep to the expected one"


def costliest_title(rows: list[Row]) -> str:
    """Name the deviation that goes with the greatest clear loss."""
    worse = [row for row in rows if is_clear(row) and (row.effect or 0) < 0]
    if not worse:
        return "No deviation clearly goes with fewer conversions"
    return f"{deviation(worse[0])} goes with the greatest loss"


def deviation(row: Row) -> str:
    """Return a deviation in words."""
    return f"“{words.label(row.step)}” {KINDS.get(row.kind, row.kind)}"


def _conformance(rows: list[Row], facts: Facts) -> Block:
    (whole,) = (row for row in rows if row.persona == "all")
    judged = words.plural(whole.judged or 0, "journey", "journeys")
    shown = {row.persona: row for row in rows}
    return Block(
        kept_title(whole),
        f"Of {judged} judged; those in progress count as far as they have come.",
        ("Who", "Journeys", "Keep to it", "Share", "Mean fitness"),
        [
            (
                one.label,
                words.count(row.judged),
                words.count(row.conforming),
                words.percent(row.conforming_share, row.judged),
                words.NOTHING
                if row.mean_fitness is None
                else f"{row.mean_fitness:.2f}",
            )
            for one in facts.personas
            if (row := shown.get(one.key))
        ],
        "Each journey is aligned with the journey of [expected] at the least cost; it"
        " keeps to it if nothing deviates. Fitness is 1 minus that cost over the worst"
        " possible one.",
        (queries.CONFORMANCE,),
        ("fct_conformance.conforming_share",),
    )


def _fitness(value: float | None) -> str:
    return words.NOTHING if value is None else f"{value:.2f}"


def _deviations(rows: list[Row], facts: Facts) -> Block:
    told = [row for row in rows if row.effect is not None] or rows
    return Block(
        costliest_title(rows),
        "Conversion of journeys with the deviation against those without, with 95%"
        " interval; what it comes to in money. Association, not proof of cause.",
        ("Deviation", "Journeys", "With", "Without", "Points", "95%", "q", "Lost"),
        [_deviation(row, facts) for row in told[:8]],
        "Of settled journeys in which the deviation could be: the converted share of"
        " those with it and of those without. q is the chance of such a difference"
        " without one, after Benjamini and Hochberg. Lost is the difference times the"
        " journeys with it times the mean value of a conversion.",
        (queries.DEVIATIONS,),
    )


def _deviation(row: Row, facts: Facts) -> tuple[str, ...]:
    lost = words.money(row.value_lost, facts.currency)
    return (
        deviation(row),
        words.count(row.journeys),
        words.percent(row.conversion_with, row.settled_with),
        words.percent(row.conversion_without, row.settled_without),
        points(row.effect),
        points_between(row.effect_low, row.effect_high),
        certainty(row.q_value),
        lost if is_clear(row) and (row.value_lost or 0) > 0 else words.NOTHING,
    )


def _variants(rows: list[Row]) -> Block:
    title = "No way through the expected journey was found"
    if rows:
        share = words.percent(rows[0].share, rows[0].journeys)
        kept = "keeps to it" if not rows[0].deviations else "deviates"
        title = f"The most frequent way {kept}: {share} of journeys"
    return Block(
        title,
        "Only steps that the expected journey speaks of; the six most frequent.",
        ("Way", "Journeys", "Share", "Ended", "Deviations"),
        [
            (
                " → ".join(map(words.label, row.variant.split(" > ")))
                if row.variant
                else "Without any of its steps",
                words.count(row.journeys),
                words.percent(row.share, row.journeys),
                ENDINGS.get(row.ending, row.ending),
                words.count(len(row.deviations.split(", ")) if row.deviations else 0),
            )
            for row in rows
        ],
        "Ways through the expected journey, other activities left out; deviations of"
        " order and number, not of time.",
        (queries.EXPECTED_VARIANTS,),
    )
