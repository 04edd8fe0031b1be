"""The funnels: how their section is filled."""

from journeymine.report import queries
from journeymine.report.funnels import (
    aftermath,
    dialects,
    drivers,
    people,
    segments,
    times,
)
from journeymine.report.funnels import queries as own
from journeymine.report.ground import Ground


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows: the funnels, and by funnel what explains them."""
    return {
        "funnels": ground.funnels,
        "queries": queries,
        "own": own,
        "is_withheld": ground.tables.is_withheld,
        "heads": {
            "aftermath": aftermath.HEAD,
            "dialects": dialects.HEAD,
            "drivers": drivers.HEAD,
            "times": times.HEAD,
        },
        "aftermath": aftermath.read_aftermath(ground),
        "dialects": dialects.read_dialects(ground),
        "drivers": drivers.read_drivers(ground),
        "people": people.read_people(ground),
        "segments": segments.read_segments(ground),
        "times": times.read_times(ground),
    }
