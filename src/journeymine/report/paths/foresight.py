"""What can be foreseen of a journey, and whether it came as told."""

from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.paths import queries
from journeymine.report.paths.blocks import Block
from journeymine.report.reader import Row

TARGETS = {
    "abandoned": "That it is abandoned",
    "converted": "That it converts",
    "exited": "That it exits",
    "in_progress": "That it stays in progress",
    "next_activity": "The next activity",
    "outcome": "How it ends",
    "time_to_conversion": "The time to conversion",
}


def read_foresight(ground: Ground) -> list[Block]:
    """Return how good predictions are; nothing if none was asked for."""
    rows = ground.tables.rows(queries.PREDICTIONS)
    if not rows:
        return []
    calibrated = ground.tables.rows(queries.CALIBRATION)
    better = [row.target for row in rows if row.is_better]
    shown = next((one for one in better if one in {r.target for r in calibrated}), None)
    blocks = [_quality(rows, ground)]
    if shown:
        blocks.append(_calibration([r for r in calibrated if r.target == shown]))
    return blocks


def quality_title(rows: list[Row]) -> str:
    """Say how much can be foreseen better than by simple rules."""
    better = [row for row in rows if row.is_better]
    if not better:
        return "Nothing is foreseen clearly better than by a simple rule"
    return f"{len(better)} of {len(rows)} forecasts beat every simple rule"


def calibration_title(rows: list[Row]) -> str:
    """Say in how many groups it came as told."""
    kept = sum(_is_kept(row) for row in rows)
    told = TARGETS.get(rows[0].target, rows[0].target)
    return f"{told}: as told in {kept} of {len(rows)} groups"


def _is_kept(row: Row) -> bool:
    bounds = row.case_rate_low, row.mean_probability, row.case_rate_high
    if None in bounds:
        return False
    low, told, high = bounds
    return bool(low <= told <= high)


def _quality(rows: list[Row], ground: Ground) -> Block:
    until = rows[0].learned_until
    since = f" known by {words.day(until, ground.facts.zone)}" if until else ""
    return Block(
        quality_title(rows),
        f"Learned from {words.count(rows[0].learned)} states of journeys{since}, tried"
        " on later ones. A gain whose interval is above 0 beats every simple rule:"
        " the last activity, the chain of activities, and the mean.",
        ("What is foreseen", "Tried", "Came so", "AUC", "Gain", "95%", "Better"),
        [_target(row) for row in rows],
        "Gain is how much smaller the squared error of the model is than that of the"
        " best simple rule; AUC is the chance that a case was held for likelier than"
        " another, 0.5 is a coin.",
        (queries.PREDICTIONS,),
    )


def _target(row: Row) -> tuple[str, ...]:
    # The gain of a time is in squared days: another unit than the others.
    decimals = 1 if row.target == "time_to_conversion" else 3
    return (
        TARGETS.get(row.target, words.label(row.target)),
        words.count(row.tried),
        words.count(row.cases),
        words.NOTHING if row.auc is None else f"{row.auc:.2f}",
        words.signed(row.gain, decimals),
        words.between(row.gain_low, row.gain_high, decimals) or words.NOTHING,
        "yes" if row.is_better else "not clearly",
    )


def _calibration(rows: list[Row]) -> Block:
    return Block(
        calibration_title(rows),
        "Later states of journeys in ten groups by the probability that they were"
        " given, and the share that became so, with 95% interval.",
        ("Group", "States", "Told", "Came so", "95%"),
        [
            (
                f"{row.bin}",
                words.count(row.tried),
                words.percent(row.mean_probability),
                words.percent(row.case_rate, row.tried),
                words.interval(row.case_rate_low, row.case_rate_high, row.tried)
                or words.NOTHING,
            )
            for row in rows
        ],
        "A group came as told if the interval of what happened holds what was told.",
        (queries.CALIBRATION,),
    )
