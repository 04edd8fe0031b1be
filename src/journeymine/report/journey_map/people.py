"""What is known of each persona beside the map: its profile, acts and NPS."""

from collections import defaultdict
from dataclasses import dataclass

from journeymine.report.facts import Facts
from journeymine.report.journey_map import action_queries
from journeymine.report.journey_map.profile import Profile, read_profiles
from journeymine.report.reader import Row, Tables


@dataclass(frozen=True)
class People:
    """By persona: its profile, what it does, whether it would recommend."""

    profiles: dict[str, Profile]
    does: dict[str, list[Row]]
    nps: dict[str, list[Row]]


def read_people(tables: Tables, facts: Facts) -> People:
    """Return what is known of everyone and of each persona."""
    return People(
        read_profiles(tables, facts),
        _by_persona(tables.rows(action_queries.DOES)),
        _by_persona(tables.rows(action_queries.NPS)),
    )


def _by_persona(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.persona].append(row)
    return groups
