"""The journey map: how it is filled."""

from journeymine.report import queries
from journeymine.report.cells import queries as cells
from journeymine.report.ground import Ground
from journeymine.report.journey_map import action_queries
from journeymine.report.journey_map import queries as lanes
from journeymine.report.journey_map.beside import read_beside
from journeymine.report.journey_map.efforts import read_efforts
from journeymine.report.journey_map.maps import map_title, read_maps
from journeymine.report.journey_map.material import read_material
from journeymine.report.journey_map.people import read_people
from journeymine.report.journey_map.placed import read_placed


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    tables, facts = ground.tables, ground.facts
    key = ground.main.key if ground.main else None
    material = read_material(tables, facts, key, ground.losses)
    placed = read_placed(tables, facts, ground.losses, key or "")
    maps = read_maps(facts, material, placed, read_people(tables, facts))
    beside = read_beside(maps, facts.personas, material)
    return {
        "maps": maps,
        "map_title": map_title(maps, facts),
        "beside": beside,
        "views": [*maps, *([beside] if beside else [])],
        "efforts": read_efforts(placed, facts),
        "notes": placed.notes,
        "withheld": placed.withheld,
        "queries": queries,
        "lanes": lanes,
        "action": action_queries,
        "cells": cells,
    }
