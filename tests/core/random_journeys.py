"""Ten thousand random journeys, drawn as events: ties, re-entry, some in progress."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from tests.core.bench import Bench

JOURNEYS, CUSTOMERS = 10_000, 4_000
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
PROJECT = """
[journey]
goal = "g"
exits = { lost = "x" }
inactivity = "30 days"
case = "case"
[paths]
anchors = ["b", "g", "nowhere"]
steps = 3
"""


@dataclass(frozen=True)
class Journey:
    """What the drawn events make of one case."""

    name: str
    customer: str
    channel: str
    path: tuple[str, ...]
    is_open: bool

    @property
    def outcome(self) -> str:
        if "g" in self.path:
            return "converted"
        if "x" in self.path:
            return "exited"
        return "in_progress" if self.is_open else "abandoned"

    @property
    def is_ended(self) -> bool:
        return self.outcome != "in_progress"

    @property
    def before_end(self) -> tuple[str, ...]:
        ends = [place for place, name in enumerate(self.path) if name in "gx"]
        return self.path[: min(ends, default=len(self.path))]

    @property
    def slices(self) -> Iterator[str]:
        yield from ("all", self.channel)


Keys = Callable[[Journey], Iterable[tuple[object, ...]]]
"""What of a journey is counted."""


def draw_journeys(bench: Bench) -> list[Journey]:
    """Draw the events, in random order, and return their journeys."""
    rng = random.Random(21)
    journeys, rows = [], []
    for number in range(JOURNEYS):
        is_open = rng.random() < 0.2
        path = tuple(rng.choices("abcdexg", [5, 4, 3, 3, 2, 1, 2], k=rng.randint(1, 9)))
        if rng.random() < 0.3:  # some long runs are frequent
            path = (*"eabcadab"[rng.randrange(4) :], *path)
        journey = Journey(
            f"case{number:05}",
            f"u{rng.randrange(CUSTOMERS)}",
            rng.choice(["web", "app"]),
            path,
            is_open,
        )
        at = AS_OF - timedelta(days=rng.randint(2, 28) if is_open else 60)
        for place, activity in enumerate(path):
            at += timedelta(minutes=rng.choice([0, 0, 1, 60]))
            rows.append((journey, activity, at, place))
        journeys.append(journey)
    rng.shuffle(rows)
    bench.set_project(PROJECT)
    bench.given(
        stg_events={
            "case_id": [journey.name for journey, *_ in rows],
            "customer": [journey.customer for journey, *_ in rows],
            "channel": [journey.channel for journey, *_ in rows],
            "activity": [row[1] for row in rows],
            "occurred_at": [row[2] for row in rows],
            "source_order": [row[3] for row in rows],
        }
    )
    return journeys


def counted(journeys: list[Journey], keys: Keys) -> dict[tuple[object, ...], list[int]]:
    """Return journeys and customers per slice and key."""
    found, people = Counter[tuple[object, ...]](), defaultdict(set)
    for journey in journeys:
        for key in set(keys(journey)):
            for one in journey.slices:
                found[one, *key] += 1
                people[one, *key].add(journey.customer)
    return {key: [count, len(people[key])] for key, count in found.items()}


def subsequences(journey: Journey) -> Iterator[tuple[str]]:
    """Yield runs and pairs before the end of a journey, in the path language."""
    path = journey.before_end
    for one, other in combinations(path, 2):
        yield (f"{one} ... {other}",)
    for length in (2, 3, 4, 5):
        for start in range(len(path) - length + 1):
            yield (" -> ".join(path[start : start + length]),)
