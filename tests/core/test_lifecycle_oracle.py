"""Pairs of starts and ends are those that a plain loop with queues finds."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from tests.core.bench import Given, ResultOf, SetProject
from tests.core.test_lifecycle import KEEP, SOURCE

CASES = 10_000
OPENS = {"start": "work", "suspend": "pause"}
CLOSES = {"complete": "work", "ate_abort": "work", "resume": "pause"}
STATES = [
    *["start", "start", "complete", "suspend"] * 3,
    *["resume", "resume", "ate_abort", "assign", None],
]
Event = dict[str, Any]  # Any: texts and numbers
DAY = datetime(2024, 5, 1, tzinfo=UTC)


def test_a_plain_loop_finds_the_same_service_times(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    events = _random_events()
    project(SOURCE + KEEP)
    shuffled = random.Random(6).sample(events, len(events))
    columns = {name: [event[name] for event in shuffled] for name in events[0]}
    given(stg_events={**columns, "source": ["log"] * len(events)})
    found = result_of(
        "int_activity_instances",
        "event_id",
        "strftime(started_at, '%H:%M')",
        "service_us // 60000000",
        "lifecycle_flag",
        "is_part",
        where="lifecycle is not null",
    )
    assert found == sorted(_expected(events), key=lambda row: str(row[0]))
    assert len(found) > 10_000
    assert {row[3] for row in found} == {None, "unfinished", "unstarted"}


def _random_events() -> list[Event]:
    chance = random.Random(5)
    events = []
    for case in range(CASES):
        minute = 0
        is_named = chance.random() < 0.3
        for place in range(chance.randint(1, 14)):
            minute += chance.choice([0, 0, 1, 5])
            events.append(
                {
                    "case_id": f"c{case}",
                    "event_id": f"{case:05}.{place}",
                    "source_order": place,
                    "activity": chance.choice("aaab"),
                    "instance": chance.choice(["i1", "i2"]) if is_named else None,
                    "resource": chance.choice(["ann", "bob", None]),
                    "lifecycle": chance.choice(STATES),
                    "occurred_at": (DAY + timedelta(minutes=minute)).isoformat(),
                    "minute": minute,
                }
            )
    return events


def _expected(events: list[Event]) -> Iterator[tuple[object, ...]]:
    startable = {one["activity"] for one in events if one["lifecycle"] == "start"}
    groups = defaultdict(list)
    for event in events:
        groups[event["case_id"], event["activity"], event["instance"]].append(event)
    for group in groups.values():
        begun, ended = _pairs(group, "work"), {}
        for opening, closing in begun.items():
            ended[closing] = opening
        lost = _lost(group, begun, _pairs(group, "pause"))
        by_id = {event["event_id"]: event for event in group}
        for event in group:
            name, state = event["event_id"], event["lifecycle"]
            if state is None:
                continue
            is_end = CLOSES.get(state) == "work"
            start = by_id[ended[name]] if name in ended else None
            flag = None
            if state == "start" and name not in begun:
                flag = "unfinished"
            elif is_end and not start and event["activity"] in startable:
                flag = "unstarted"
            yield (
                name,
                f"{start['minute'] // 60:02}:{start['minute'] % 60:02}"
                if start
                else None,
                max(0, event["minute"] - start["minute"] - lost[name])
                if start
                else None,
                flag,
                not is_end and not (state == "start" and name not in begun),
            )


def _pairs(group: list[Event], kind: str) -> dict[str, str]:
    """Return the end of each beginning: of one resource first, then of what is left."""
    pairs: dict[str, str] = {}
    for by_resource in (True, False):
        queues: dict[str | None, list[str]] = defaultdict(list)
        done = {*pairs, *pairs.values()}
        for event in group:
            if event["event_id"] in done:
                continue
            is_by = by_resource and event["instance"] is None
            queue = queues[event["resource"] if is_by else None]
            if OPENS.get(event["lifecycle"]) == kind:
                queue.append(event["event_id"])
            elif CLOSES.get(event["lifecycle"]) == kind and queue:
                pairs[queue.pop(0)] = event["event_id"]
    return pairs


def _lost(
    group: list[Event], works: dict[str, str], pauses: dict[str, str]
) -> dict[str, int]:
    """Return the minutes of pauses in each work, by its end."""
    by_id = {event["event_id"]: event for event in group}
    lost: dict[str, int] = defaultdict(int)
    for event in group:
        if event["lifecycle"] != "suspend":
            continue
        at = event["minute"]
        open_ = [
            (
                by_id[start]["resource"] != event["resource"],
                by_id[start]["minute"],
                start,
                end,
            )
            for start, end in works.items()
            if by_id[start]["minute"] <= at < by_id[end]["minute"]
        ]
        if open_:
            *_, end = min(open_)
            until = by_id[end]["minute"]
            if event["event_id"] in pauses:
                until = min(until, by_id[pauses[event["event_id"]]]["minute"])
            lost[end] += until - at
    return lost


def test_the_random_events_hold_ties_and_reentry() -> None:
    events = _random_events()
    by_case = [list(one) for _, one in groupby(events, lambda one: one["case_id"])]
    assert any(len({e["minute"] for e in case}) < len(case) for case in by_case)
    assert any(
        [e["lifecycle"] for e in case if e["activity"] == "a"].count("start") > 1
        for case in by_case
    )
