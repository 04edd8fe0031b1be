"""Churn of both kinds against loops over random customers."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from tests.core.bench import WHOLE, Bench

from journeymine.warehouse import Row

START = datetime(2024, 1, 1, tzinfo=UTC)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
MONTHS = [datetime(2024, month, 1, tzinfo=UTC) for month in range(1, 8)]
DAY = timedelta(days=1)
CUSTOMERS = 10_000
COUNTS = ("at_risk", "churned", "active", "undetermined", "resurrected")


class Event(NamedTuple):
    time: datetime
    order: int
    activity: str
    is_own: bool = True
    until: datetime | None = None


class Spell(NamedTuple):
    start: datetime
    end: datetime
    is_known: bool


def random_visits(rng: random.Random) -> list[Event]:
    """Return visits at few moments, so that they tie and meet the horizon."""
    half_days = [rng.randrange(2 * 182) for _ in range(rng.randint(1, 20))]
    return sorted(
        Event(START + half_day * DAY / 2, order, "view", rng.random() < 0.9)
        for order, half_day in enumerate(half_days)
    )


def visited(events: Sequence[Event]) -> list[Spell]:
    """Return the spells of who comes as it likes: 10 days of silence end one."""
    times = [event.time for event in events if event.is_own]
    spells: list[list[datetime]] = []
    for time in times:
        if not spells or time - spells[-1][-1] > 10 * DAY:
            spells.append([])
        spells[-1].append(time)
    return [Spell(one[0], one[-1], one[-1] + 10 * DAY <= AS_OF) for one in spells]


def random_contracts(rng: random.Random) -> list[Event]:
    half_day, events = rng.randrange(120), []
    for order in range(rng.randint(1, 10)):
        half_day += rng.choice([0, 0, 1, 7, 58, 60, 62, 64, 66, 68, 120])
        time = START + half_day * DAY / 2
        until = time + rng.randint(-1, 40) * DAY if rng.random() < 0.3 else None
        activity = rng.choice(["start", "renew", "renew", "renew", "end"])
        events.append(Event(time, order, activity, rng.random() < 0.5, until))
    return [event for event in events if event.time <= AS_OF]


def contracted(events: Sequence[Event]) -> list[Spell]:
    """Return the spells of who has terms of 30 days, with 3 days of grace."""
    spells: list[list[datetime]] = []
    for place, event in enumerate(events):
        end = event.until or event.time + 30 * DAY
        later = [one.time for one in events[place:] if one.activity == "end"]
        if event.activity == "end" and spells:
            spells[-1][1] = min(spells[-1][1], event.time)
        elif event.activity != "end" and end > event.time not in later:
            if spells and event.time <= spells[-1][1] + 3 * DAY:
                spells[-1][1] = max(spells[-1][1], end)
            else:
                spells.append([event.time, end])
    return [Spell(one[0], one[1], one[1] + 3 * DAY <= AS_OF) for one in spells]


def months_of(spells: Sequence[Spell], kind: str) -> Counter[tuple[str, str]]:
    """Return what each month means for a customer, by the words of the definition."""
    found = Counter[tuple[str, str]]()
    for start, end in pairwise(MONTHS):
        month = f"{start:%Y-%m-%d}"
        for place, spell in enumerate(spells):
            found[month, "resurrected"] += place > 0 and start <= spell.start < end
            if kind == "contractual":
                # Half-open: at its end a term is over.
                is_at_risk = spell.start <= start < spell.end
                is_active = spell.end > end
            else:
                is_at_risk = spell.start < start <= spell.end
                is_active = spell.end >= end
            if is_at_risk:
                churned = "churned" if spell.is_known else "undetermined"
                found[month, "at_risk"] += 1
                found[month, "active" if is_active else churned] += 1
    return found


def drawn(customers: Sequence[list[Event]]) -> dict[str, list[object]]:
    rows = [
        (f"c{number:05}", event)
        for number, events in enumerate(customers)
        for event in events
    ]
    return {
        "customer": [name for name, _ in rows],
        "occurred_at": [event.time for _, event in rows],
        "source_order": [event.order for _, event in rows],
        "activity": [event.activity for _, event in rows],
        "is_customer": [event.is_own for _, event in rows],
        "until": [event.until and event.until.isoformat() for _, event in rows],
    }


@pytest.mark.parametrize("kind", ["non-contractual", "contractual"])
def test_churn_is_that_of_a_loop_over_random_customers(kind: str, bench: Bench) -> None:
    rng = random.Random(9)
    if kind == "contractual":
        customers = [random_contracts(rng) for _ in range(CUSTOMERS)]
        lived = [contracted(events) for events in customers]
        further = (
            'start = "start"\nrenew = "renew"\nend = "end"\nterm = "30 days"\n'
            'term_end = "until"\ngrace = "3 days"'
        )
    else:
        customers = [random_visits(rng) for _ in range(CUSTOMERS)]
        lived = [visited(events) for events in customers]
        further = 'horizon = "10 days"'
    bench.set_project(f'[churn]\nkind = "{kind}"\n{further}')
    bench.given(stg_events=drawn(customers))
    spells = [
        (
            f"c{number:05}",
            place,
            spell.start,
            spell.end,
            True if spell.is_known else is_active(spell, kind),
            place > 1,
        )
        for number, own in enumerate(lived)
        for place, spell in enumerate(own, start=1)
    ]
    assert spells == bench.result_of(
        "fct_spells inner join int_set_customers using (customer_id)",
        "split_part(identifiers, '=', 2), spell_index, started_at, last_active_at",
        "is_churned, is_resurrection",
    )
    total = Counter[tuple[str, str]]()
    for own in lived:
        total.update(months_of(own, kind))
    truth: list[Row] = [
        (f"{month:%Y-%m-%d}", *(total[f"{month:%Y-%m-%d}", word] for word in COUNTS))
        for month in MONTHS[:-1]
    ]
    assert truth == bench.result_of(
        "fct_churn",
        "period",
        *COUNTS,
        where=WHOLE + " and period <> 'all'",
    )
    assert total["2024-06-01", "undetermined"] > 0


def is_active(spell: Spell, kind: str) -> bool | None:
    """Return False for who is there at the watermark, None for who may have left."""
    is_there = spell.end > AS_OF if kind == "contractual" else spell.end >= AS_OF
    return False if is_there else None
