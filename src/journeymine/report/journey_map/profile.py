"""The header of a persona: who it is, how large, how it behaves."""

from collections import defaultdict
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts, Persona
from journeymine.report.journey_map import action_queries, queries
from journeymine.report.journey_map.habits import Habits, read_habits
from journeymine.report.reader import Row, Tables

SHOWN = 3


@dataclass(frozen=True)
class Profile:
    """A persona in a few lines."""

    sentence: str
    size: str
    traits: list[str]
    behaviour: list[str]
    channels: str
    habits: Habits


def read_profiles(tables: Tables, facts: Facts) -> dict[str, Profile]:
    """Return the profile of everyone and of each persona."""
    behaviour = {row.persona: row for row in tables.rows(queries.BEHAVIOUR)}
    channels: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.FIRST_CHANNELS):
        channels[row.persona].append(row)
    habits = {
        row.persona: read_habits(row, facts.currency)
        for row in tables.rows(action_queries.PERSONAS)
    }
    none = Habits([], [], [], "")
    return {
        one.key: Profile(
            sentence=one.profile or _default(one),
            size=_size(one),
            traits=[_trait(trait) for trait in one.traits[:SHOWN]],
            behaviour=_behaviour(behaviour.get(one.key)),
            channels=_channels(channels[one.key], one.customers),
            habits=habits.get(one.key, none),
        )
        for one in facts.personas
    }


def _default(persona: Persona) -> str:
    if persona.key == "all":
        return "Everyone with at least one event in the period."
    if persona.key == "none":
        return "Customers who fit no group."
    return ""


def _size(persona: Persona) -> str:
    people = words.plural(persona.customers, "customer", "customers")
    if persona.key == "all":
        return people
    return f"{people}, {words.percent(persona.share, persona.customers)} of all"


def _trait(trait: dict[str, object]) -> str:
    """Return one trait with its distance from everyone, in standard deviations."""
    difference = trait.get("difference")
    name = words.capital(str(trait.get("feature", "")).replace("_", " "))
    if not isinstance(difference, int | float):
        return name
    return f"{name}: {words.signed(float(difference), 1)}"


def _behaviour(row: Row | None) -> list[str]:
    if row is None or not row.customers:
        return ["Nothing known"]
    lines = [
        f"{float(row.sessions or 0) / row.customers:.1f} sessions per customer",
        f"{float(row.events or 0) / row.customers:.1f} events per customer",
    ]
    if row.with_device:
        share = words.percent(row.on_mobile / row.with_device, row.with_device)
        lines.append(f"{share} on a phone")
    return lines


def _channels(rows: list[Row], customers: int) -> str:
    if not rows or not customers:
        return "Not known"
    return ", ".join(
        f"{words.label(row.first_channel)} {words.rough(row.customers / customers)}"
        for row in rows[:SHOWN]
    )
