"""The journey map: how it is filled."""

from journeymine.report import queries
from journeymine.report.ground import Ground
from journeymine.report.journey_map import queries as lanes
from journeymine.report.journey_map.maps import map_title, read_maps


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    key = ground.main.key if ground.main else None
    maps = read_maps(ground.tables, ground.facts, key, ground.losses)
    return {
        "maps": maps,
        "map_title": map_title(maps, ground.facts),
        "queries": queries,
        "lanes": lanes,
    }
