"""The paths: how their section is filled."""

from journeymine.process_map.coverage import LEVELS
from journeymine.report import queries
from journeymine.report.ground import Ground
from journeymine.report.paths import queries as own
from journeymine.report.paths.anchors import read_anchors
from journeymine.report.paths.differences import read_comparisons, read_drift
from journeymine.report.paths.expected import read_expected
from journeymine.report.paths.foresight import read_foresight
from journeymine.report.paths.habits import read_patterns, read_subsequences
from journeymine.report.paths.process_maps import first_level, read_process_maps
from journeymine.report.paths.turns import read_rework, read_switches
from journeymine.report.paths.variants import read_models, read_variants


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows; of the blocks, those of most use first."""
    processes = read_process_maps(ground.tables, ground.facts)
    return {
        "processes": processes,
        "levels": LEVELS,
        "first_level": first_level(processes),
        "anchors": read_anchors(ground),
        "are_anchors_withheld": ground.tables.is_withheld("fct_anchored_paths"),
        "variants": read_variants(ground.tables),
        "expected": read_expected(ground),
        "compared": [*read_comparisons(ground), read_drift(ground)],
        "habits": [
            read_subsequences(ground),
            read_patterns(ground),
            read_rework(ground),
            read_switches(ground),
        ],
        "foresight": read_foresight(ground),
        "models": read_models(ground.tables, ground.facts),
        "queries": queries,
        "own": own,
    }
