"""The first section: what a reader should know in a minute."""

from journeymine.report.ground import Ground
from journeymine.report.summary.headlines import read_summary
from journeymine.report.summary.outlook import read_outlook


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    return {
        "summary": read_summary(ground.tables, ground.facts, ground.funnels),
        "outlook": read_outlook(ground.tables, ground.facts),
        "losses": ground.losses,
        "has_funnel": bool(ground.funnels),
        "has_map": bool(ground.facts.stages),
        "quality": ground.quality,
    }
