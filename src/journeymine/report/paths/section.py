"""The paths: how their section is filled."""

from journeymine.process_map.coverage import LEVELS
from journeymine.report import queries
from journeymine.report.ground import Ground
from journeymine.report.paths.process_maps import read_process_maps
from journeymine.report.paths.variants import read_models, read_variants


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    return {
        "processes": read_process_maps(ground.tables, ground.facts),
        "levels": LEVELS,
        "variants": read_variants(ground.tables),
        "models": read_models(ground.tables, ground.facts),
        "queries": queries,
    }
