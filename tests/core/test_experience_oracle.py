"""What answers are about, and what comes of them, against plain loops."""

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache

import pytest
from tests.core.bench import Bench

from journeymine.warehouse import Row

CUSTOMERS = 10_000
START = datetime(2024, 5, 27, tzinfo=UTC)
WEEK = 7 * 24 * 60  # minutes
PROJECT = """
[stages]
look = ["view", "tag"]
help = ["ticket", "agent"]
[feedback.csat]
activity = "csat"
sent = "csat_sent"
scale = [1, 5]
about = "ticket_id"
[feedback.nps]
activity = "nps"
sent = "nps_sent"
kind = "nps"
[feedback.effort]
activity = "ces"
kind = "ces"
scale = [1, 7]
high_is_good = false
about = "order"
solicited = false
"""
STAGES = {"view": "look", "tag": "look", "ticket": "help", "agent": "help"}
KINDS = {"csat": "csat", "csat_sent": "csat", "nps": "nps", "nps_sent": "nps"}
KINDS |= {"ces": "ces"}
ABOUT = {"csat": "ticket_id", "ces": "order"}
COMPANY = {"agent", "csat_sent", "nps_sent"}
Event = dict[str, object]


def random_customer(rng: random.Random, number: int) -> Iterator[Event]:
    """Yield events in order of their ids, which breaks ties; many share a minute."""
    minute = rng.randrange(600)
    for _ in range(rng.randint(1, 12)):
        minute += rng.choice([0, 0, 0, 1, 60, 1440, WEEK - 1, WEEK, WEEK + 1])
        activity = rng.choice([*STAGES, "other", *KINDS, "csat", "nps", "ces"])
        yield {
            "customer": f"c{number:05}",
            "minute": minute,
            "activity": activity,
            "score": rng.choice([None, *map(str, range(12)), "x"])
            if activity in {"csat", "nps", "ces"}
            else None,
            "ticket_id": rng.choice([None, "t1", "t2"]),
            "order": rng.choice([None, None, "t1", "o1"]),
        }


@cache
def customers() -> list[list[Event]]:
    rng, made = random.Random(4), []
    for number in range(CUSTOMERS):
        events = list(random_customer(rng, number))
        # Sources sort by time; of one moment, the id decides.
        made.append(
            [{**event, "id": f"e{number:05}{at:02}"} for at, event in enumerate(events)]
        )
    return made


def touched(events: list[Event], answer: Event) -> Event | None:
    """Return what an answer is about: what it names, else the last of seven days."""
    now = answer["minute"]
    earlier = [
        event
        for event in events
        if event["activity"] not in KINDS and minutes(event) <= minutes(answer)
    ]
    name = ABOUT.get(str(answer["activity"]).removesuffix("_sent"))
    if name and answer[name] is not None:
        named = [event for event in earlier if event[name] == answer[name]]
        if named:
            return named[-1]
    own = [event for event in earlier if event["activity"] not in COMPANY]
    last = own[-1] if own else None
    return last if last and minutes(last) >= int(str(now)) - WEEK else None


def minutes(event: Event) -> int:
    return int(str(event["minute"]))


def feeling(event: Event) -> Fraction | None:
    """Return the score of an answer on -1 to 1."""
    if event["score"] in (None, "x"):
        return None
    score, activity = int(str(event["score"])), event["activity"]
    if activity == "nps":
        side = (score > 8) - (score < 7)
        return Fraction(side) if score <= 10 else None
    low, high = {"csat": (1, 5), "ces": (1, 7)}[str(activity)]
    if not low <= score <= high:
        return None
    risen = Fraction(2 * (score - low), high - low) - 1
    return -risen if activity == "ces" else risen


@pytest.fixture(scope="module")
def drawn() -> dict[str, list[object]]:
    events = [event for customer in customers() for event in customer]
    columns: dict[str, list[object]] = {
        name: [event[name] for event in events]
        for name in ("customer", "activity", "score", "ticket_id", "order")
    }
    columns["event_id"] = [event["id"] for event in events]
    columns["occurred_at"] = [
        START + timedelta(minutes=minutes(event)) for event in events
    ]
    columns["is_customer"] = [event["activity"] not in COMPANY for event in events]
    return columns


@pytest.fixture
def built(bench: Bench, drawn: dict[str, list[object]]) -> Bench:
    bench.set_project(f'[project]\nname = "T"\nas_of = 2026-01-01T00:00:00Z\n{PROJECT}')
    bench.given(stg_events=drawn)
    return bench


def test_belonging_is_that_of_a_walk_over_the_events(built: Bench) -> None:
    expected: list[Row] = []
    for events in customers():
        for event in events:
            if event["activity"] in KINDS:
                about = touched(events, event)
                stage = about and STAGES.get(str(about["activity"]))
                expected.append((event["id"], about and about["id"], stage))
    assert built.result_of(
        "int_feedback"
        " inner join int_event_log as own using (event_number)"
        " left join int_event_log as about"
        " on int_feedback.about_event = about.event_number",
        "own.event_id",
        "about.event_id",
        "stage",
    ) == sorted(expected, key=lambda row: str(row[0]))


Place = tuple[str, str, bool]
Heard = dict[str, dict[object, list[Fraction]]]
"""Measure, customer, and what the customer answered, on -1 to 1."""


def heard() -> dict[Place, Heard]:
    """Return what was said of each (level, name, whether asked)."""
    said: dict[Place, Heard] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for events in customers():
        for event in events:
            value = feeling(event)
            if value is None:
                continue
            measure = str(event["activity"])
            asked = measure != "ces"
            for level, name in places(touched(events, event)):
                found = said[level, name, asked]
                found["emotion"][event["customer"]].append(value)
                found[measure][event["customer"]].append(counted(measure, value))
    return said


def places(about: Event | None) -> Iterator[tuple[str, str]]:
    yield "all", "all"
    if about:
        if about["activity"] in STAGES:
            yield "stage", STAGES[str(about["activity"])]
        yield "touchpoint", f"{about['activity']} · web"


def counted(measure: str, value: Fraction) -> Fraction:
    """Return what an answer adds: of CSAT and effort, whether it is a good one."""
    if measure == "nps":
        return value
    is_good = value >= Fraction(1, 2) if measure == "csat" else value > 0
    return Fraction(1 if is_good else -1)


def interval(answers: Heard, measure: str) -> tuple[float, float]:
    """Return mean - and + margin, four customers being added: two at either end."""
    given = answers[measure].values()
    each = [(Fraction(len(values)), sum(values, Fraction())) for values in given]
    size = sum((n for n, _ in each), Fraction()) / len(each)
    everyone = [*each, *[(size, size), (size, -size)] * 2]
    total = sum((n for n, _ in everyone), Fraction())
    centre = sum((x for _, x in everyone), Fraction()) / total
    rests = [x - centre * n for n, x in everyone]
    spread = float(sum((rest * rest for rest in rests), Fraction()))
    margin = 1.959964 * math.sqrt(spread) / float(total)
    return max(float(centre) - margin, -1), min(float(centre) + margin, 1)


def mean(answers: Heard, measure: str) -> tuple[int, float]:
    given = [value for values in answers[measure].values() for value in values]
    return len(given), float(Fraction(sum(given)) / len(given))


def emotion(answers: Heard, whole: Heard) -> list[object]:
    (n, own), (_, prior) = mean(answers, "emotion"), mean(whole, "emotion")
    low, high = interval(answers, "emotion")
    felt = own if answers is whole else (own * n + 10 * prior) / (n + 10)
    return [n, *near(felt, min(low, felt), max(high, felt))]


def score(answers: Heard, measure: str) -> list[object]:
    if measure not in answers:
        return [0, None, None, None]
    n, own = mean(answers, measure)
    values = [own, *interval(answers, measure)]
    if measure == "nps":
        return [n, *near(*(100 * value for value in values))]
    return [n, *near(*((1 + value) / 2 for value in values))]


def near(*values: float) -> list[object]:
    return [pytest.approx(value, abs=1e-6) for value in values]


def test_experience_is_that_of_a_loop_over_the_answers(built: Bench) -> None:
    said = heard()
    expected = [
        [
            *(level, name, asked),
            *emotion(answers, said["all", "all", asked]),
            *(one for kind in ("nps", "csat", "ces") for one in score(answers, kind)),
        ]
        for (level, name, asked), answers in said.items()
    ]
    assert len(expected) == 2 * (1 + 2 + 5)
    columns = "level, name, is_solicited, answers, emotion, emotion_low, emotion_high"
    for kind in ("nps", "csat", "ces"):
        columns += f", {kind}_answers, {kind}, {kind}_low, {kind}_high"
    found = built.result_of(
        "fct_experience", columns, where="persona = 'all' and segment = 'all'"
    )
    assert [list(row) for row in found] == sorted(
        expected, key=lambda row: [str(value) for value in row[:3]]
    )
