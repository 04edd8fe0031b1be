"""Stages against a walk over random journeys, stay by stay."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from tests.core.bench import Bench

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order"]
inactivity = "10 days"
case = "case"
{more}
[stages]
interest = ["view", "read"]
intent = ["cart"]
purchase = ["order"]
"""


@dataclass
class Told:
    """What a loop counts of one stage in one slice."""

    journeys: int = 0
    customers: set[str] = field(default_factory=set)
    visits: int = 0
    events: int = 0
    opened: int = 0
    ended: int = 0
    seconds: int = 0
    over: list[int] = field(default_factory=list)
    onward: Counter[str] = field(default_factory=Counter)
    settled: int = 0
    stuck: int = 0


START = datetime(2024, 6, 1, tzinfo=UTC)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
ORDER = {"(none)": 0, "interest": 1, "intent": 2, "purchase": 3}
STAGE_OF = {
    "view": "interest",
    "read": "interest",
    "cart": "intent",
    "order": "purchase",
    "help": "(none)",
    "ping": "(none)",
}
Step = tuple[str, datetime]


@pytest.mark.parametrize(
    "more", ["", 'noise = ["ping"]\ncollapse = ["view", "cart"]'], ids=["all", "skips"]
)
def test_stages_are_those_of_a_walk_over_the_journeys(more: str, bench: Bench) -> None:
    rng = random.Random(21)
    journeys = {f"case{number:04}": _random_journey(rng) for number in range(2_000)}
    names = [f"c{rng.randrange(700)}" for _ in journeys]
    channels = [rng.choice(["web", "app"]) for _ in journeys]
    rows = [
        (case, name, channel, *step, f"{case}-{place:02}")
        for (case, steps), name, channel in zip(
            journeys.items(), names, channels, strict=True
        )
        for place, step in enumerate(steps)
    ]
    rng.shuffle(rows)
    bench.set_project(PROJECT.format(more=more))
    columns = ("case_id", "customer", "channel", "activity", "occurred_at", "event_id")
    bench.given(stg_events=dict(zip(columns, zip(*rows, strict=True), strict=True)))
    truth: dict[tuple[str, str], Told] = defaultdict(Told)
    for name, channel, events in zip(names, channels, journeys.values(), strict=True):
        for value in ("all", channel):
            _walk(events, name, value, truth, skips=bool(more))
    found = bench.result_of(
        "fct_stages",
        "segment_value, stage, journeys, customers, visits, events, open_stays",
        "ended_stays, total_seconds, p50_seconds, p90_seconds, mean_seconds",
        "next_stage, next_stage_rate, settled, stuck",
        where="persona = 'all' and segment in ('all', 'channel')",
    )
    assert found == [(*key, *_row(told)) for key, told in sorted(truth.items())]
    _times_are_durations(bench)


def _random_journey(rng: random.Random) -> list[Step]:
    at, steps = START + timedelta(minutes=rng.randrange(28 * 24 * 60)), []
    for _ in range(rng.randint(1, 9)):
        at += timedelta(seconds=rng.choice([0, 1, 60, 600]))
        steps.append((rng.choice([*STAGE_OF, "view", "ping"]), at))
    return steps


def _steps(events: list[Step], *, skips: bool) -> list[Step]:
    """Return the events without noise, and without repeats of views and carts."""
    if not skips:
        return events
    steps: list[Step] = []
    for event in events:
        is_repeat = steps and steps[-1][0] == event[0] and event[0] in ("view", "cart")
        if event[0] != "ping" and not is_repeat:
            steps.append(event)
    return steps


def _walk(
    events: list[Step],
    name: str,
    value: str,
    truth: dict[tuple[str, str], Told],
    *,
    skips: bool,
) -> None:
    """Add one journey, stay by stay, to what is told of its slice."""
    steps = _steps(events, skips=skips)
    ends = any(activity == "order" for activity, _ in events)
    is_open = not ends and events[-1][1] + timedelta(days=10) > AS_OF
    runs = [
        (stage, list(run))
        for stage, run in groupby(steps, key=lambda step: STAGE_OF[step[0]])
    ] or [("(none)", [])]
    begins = [events[0][1], *(run[0][1] for _, run in runs[1:]), events[-1][1]]
    spent: Counter[str] = Counter()
    for place, (stage, run) in enumerate(runs):
        told = truth[value, stage]
        seconds = round((begins[place + 1] - begins[place]).total_seconds())
        is_last = place == len(runs) - 1
        told.visits += 1
        told.events += len(run)
        told.seconds += seconds
        told.opened += is_last and is_open
        told.ended += is_last and not is_open
        if not is_last:
            told.onward[runs[place + 1][0]] += 1
        spent[stage] += seconds
    stages = [stage for stage, _ in runs]
    for stage, seconds in spent.items():
        told = truth[value, stage]
        told.journeys += 1
        told.customers.add(name)
        later = stages[stages.index(stage) + 1 :]
        told.settled += not is_open
        told.stuck += not is_open and all(ORDER[o] <= ORDER[stage] for o in later)
        if not (is_open and stages[-1] == stage):
            told.over.append(seconds)


def _row(told: Told) -> tuple[object, ...]:
    over = sorted(told.over)
    follower = min(told.onward, key=lambda one: (-told.onward[one], ORDER[one]))
    closed = told.visits - told.opened
    return (
        told.journeys,
        len(told.customers),
        told.visits,
        told.events,
        told.opened,
        told.ended,
        told.seconds,
        # The least value that at least that share does not exceed.
        over[-(-len(over) // 2) - 1],
        over[-(-len(over) * 9 // 10) - 1],
        pytest.approx(sum(over) / len(over)),
        follower,
        pytest.approx(told.onward[follower] / closed),
        told.settled,
        told.stuck,
    )


def _times_are_durations(bench: Bench) -> None:
    """Assert that in every slice the times of stays are the durations of journeys."""
    stays, durations = (
        bench.con.execute(
            f"""
            select persona, segment, segment_value, sum({seconds}) as seconds
            from {tables} group by all order by all
            """
        ).fetchall()
        for tables, seconds in (
            ("fct_stages", "round(total_seconds * 1000000)"),
            (
                "int_journeys inner join int_unit_slices on unit = 'journey'"
                " and unit_code = journey_code inner join int_slices"
                " using (slice_set)",
                "duration_us",
            ),
        )
    )
    assert stays == durations
