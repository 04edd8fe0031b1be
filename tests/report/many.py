"""A published file with as many activities as a process map draws, and more groups."""

import random
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from tests.report.published import Rows, publish

STAGES = ("awareness", "interest", "intent", "purchase", "service", "loyalty")
VERBS = ("viewed", "opened", "completed", "requested", "reminder sent by mail", "of a"
    " subscription_for_the_whole_family changed", "started")  # fmt: skip
Walk = list[str]


def write_many(path: Path, activities: int = 40, personas: int = 8) -> Path:
    """Write a published file whose journeys walk at random, mostly forward."""
    chance = random.Random(11)
    names = [f"{VERBS[i % len(VERBS)]} {i:02}" for i in range(activities)]
    names = [f"{STAGES[i * 6 // activities]}_{name}" for i, name in enumerate(names)]
    walks = {
        f"p{number}": [_walk(names, chance) for _ in range(900 // number)]
        for number in range(1, personas + 1)
    }
    everyone = [walk for some in walks.values() for walk in some]
    rows: dict[str, list[dict[str, object]]] = {
        "meta_run": [{"name": "project_name", "value": "Many"}],
        "meta_stages": [
            {"stage_index": i, "stage": s} for i, s in enumerate(STAGES, 1)
        ],
        "dim_activities": [_activity(name, names) for name in names],
        "dim_personas": [
            {"persona": key, "persona_name": f"Group {key}", "customers": len(some)}
            for key, some in walks.items()
        ],
    }
    for persona, some in {"all": everyone, **walks}.items():
        for table, found in _counted(some).items():
            told = {"persona": persona, "segment": "all", "segment_value": "all"}
            rows.setdefault(table, []).extend({**told, **row} for row in found)
    return publish(path, rows)


def _walk(names: list[str], chance: random.Random) -> Walk:
    place = chance.choice([0, 0, 0, 1, 2])
    walk = [names[place]]
    while chance.random() > 0.12:
        step = chance.choices([1, 2, 3, 0, -1, 8, 15, -12], [9, 6, 3, 1, 2, 1, 1, 1])
        place = max(0, place + step[0])
        if place >= len(names):
            break
        walk.append(names[place])
    return walk


def _activity(name: str, names: list[str]) -> dict[str, object]:
    stage = name.split("_")[0]
    return {
        "activity": name,
        "stage": stage,
        "stage_index": STAGES.index(stage) + 1,
        "is_goal": name == names[len(names) * 4 // 6 - 1],
        "is_exit": name == names[-1],
    }


def _counted(walks: list[Walk]) -> Rows:
    steps = Counter(pair for walk in walks for pair in pairwise(walk))
    people: dict[tuple[str, str], int] = defaultdict(int)
    for walk in walks:
        for pair in set(pairwise(walk)):
            people[pair] += 1
    events = Counter(name for walk in walks for name in walk)
    journeys = Counter(name for walk in walks for name in set(walk))
    starts = Counter(walk[0] for walk in walks)
    ends = Counter(walk[-1] for walk in walks)
    return {
        "fct_transitions": [
            {
                "from_activity": one,
                "to_activity": other,
                "transitions": number,
                "customers": people[one, other],
                "p50_seconds": float(3 ** (len(one) * number % 13)),
            }
            for (one, other), number in steps.items()
        ],
        "fct_activities": [
            {
                "activity": name,
                "events": number,
                "journeys": journeys[name],
                "customers": journeys[name],
                "starts": starts[name],
                "ends": ends[name],
            }
            for name, number in events.items()
        ],
    }
