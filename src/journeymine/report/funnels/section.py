"""The funnels: how their section is filled."""

from journeymine.report import queries
from journeymine.report.ground import Ground


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    return {"funnels": ground.funnels, "queries": queries}
