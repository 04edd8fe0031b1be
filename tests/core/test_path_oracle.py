"""Transitions, variants and activities against a plain loop over random logs."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import fmean

import pytest
from tests.core.bench import WHOLE, Bench

from journeymine.warehouse import Row

START = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def drawn(bench: Bench) -> dict[str, list[Row]]:
    """Build random journeys; return each one's steps as (activity, minute)."""
    rng = random.Random(11)
    log: dict[str, list[tuple[str, int, str, str]]] = {}
    for number in range(600):
        minute, events = 0, []
        channel = rng.choice(["web", "app"])
        for _ in range(rng.randint(1, 9)):
            minute += rng.choice([0, 1, 5, 60])
            events.append((rng.choice("abcd"), minute, channel, f"u{number % 200}"))
        log[f"case{number:03}"] = events
    rows = [(case, *event) for case, events in log.items() for event in events]
    bench.set_project('[journey]\ngoal = ["d"]\ncase = "case"')
    bench.given(
        stg_events={
            "case_id": [row[0] for row in rows],
            "customer": [row[4] for row in rows],
            "activity": [row[1] for row in rows],
            "occurred_at": [START + timedelta(minutes=row[2]) for row in rows],
            "channel": [row[3] for row in rows],
        }
    )
    return {case: list(events) for case, events in log.items()}


def test_transitions_are_those_of_a_loop_over_the_journeys(
    bench: Bench, drawn: dict[str, list[Row]]
) -> None:
    waits = defaultdict(list)
    customers = defaultdict(set)
    for events in drawn.values():
        for (one, at, channel, who), (other, then, *_) in pairwise(events):
            for slice_ in ("all", channel):
                waits[slice_, one, other].append((int(str(then)) - int(str(at))) * 60)
                customers[slice_, one, other].add(who)
    found = bench.result_of(
        "fct_transitions",
        "segment_value, from_activity, to_activity, transitions, customers",
        "mean_seconds, p50_seconds, p90_seconds",
        where="persona = 'all' and segment in ('all', 'channel')",
    )
    assert [row[:5] for row in found] == sorted(
        (*key, len(values), len(customers[key])) for key, values in waits.items()
    )
    for *key, _, _, mean, median, most in found:
        slice_, one, other = key
        values = sorted(waits[slice_, one, other])
        assert mean == pytest.approx(fmean(values))
        # The least value that at least that share does not exceed.
        assert median == values[-(-len(values) // 2) - 1]
        assert most == values[-(-len(values) * 9 // 10) - 1]


def test_variants_are_those_of_a_loop_over_the_journeys(
    bench: Bench, drawn: dict[str, list[Row]]
) -> None:
    truth = Counter(
        (" > ".join(str(event[0]) for event in events), "d" in {e[0] for e in events})
        for events in drawn.values()
    )
    found = bench.result_of(
        "fct_variants",
        "variant, journeys, converted, share, variant_index",
        where=WHOLE,
    )
    assert {(v, n, c) for v, n, c, *_ in found} == {
        (variant, count, count * is_converted)
        for (variant, is_converted), count in truth.items()
    }
    assert sum(float(str(row[3])) for row in found) == pytest.approx(1)
    ranked = sorted(found, key=lambda row: int(str(row[4])))
    assert [row[4] for row in ranked] == list(range(1, len(found) + 1))
    counts = [int(str(row[1])) for row in ranked]
    assert counts == sorted(counts, reverse=True)


def test_activities_are_those_of_a_loop_over_the_journeys(
    bench: Bench, drawn: dict[str, list[Row]]
) -> None:
    events = Counter(event[0] for steps in drawn.values() for event in steps)
    journeys = Counter(
        name for steps in drawn.values() for name in {event[0] for event in steps}
    )
    starts = Counter(steps[0][0] for steps in drawn.values())
    ends = Counter(steps[-1][0] for steps in drawn.values())
    assert bench.result_of(
        "fct_activities",
        "activity, events, journeys, starts, ends + open_ends",
        where=WHOLE,
    ) == [
        (name, events[name], journeys[name], starts[name], ends[name])
        for name in sorted(events, key=str)
    ]
