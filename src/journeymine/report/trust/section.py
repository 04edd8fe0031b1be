"""Sources, balances and definitions: how these two sections are filled."""

from journeymine.report import queries
from journeymine.report.ground import Ground
from journeymine.report.trust import doubts, unmatched
from journeymine.report.trust.meanings import MEANINGS


def fill_quality(ground: Ground) -> dict[str, object]:
    """Return what the template of the data's quality shows."""
    return {
        "quality": ground.quality,
        "queries": queries,
        "doubt_queries": (doubts.CONFLICTS, doubts.TIMES),
        "unmatched_query": unmatched.UNMATCHED,
    }


def fill_method(ground: Ground) -> dict[str, object]:
    """Return what the template of the definitions shows."""
    return {"meanings": MEANINGS}
