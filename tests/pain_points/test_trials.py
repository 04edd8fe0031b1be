"""What journeys lose at activities, against a plain loop over made-up journeys."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from journeymine.pain_points.losses import MOST_OPEN, losses
from journeymine.pain_points.trials import read_trials
from journeymine.warehouse import connect, write_arrow

ACTIVITIES, SETS, SLOW_US = 4, 3, 600_000_000
BEGIN_US = 1_735_680_000_000_000  # 2024-12-31 21:20 UTC: 2025 in Kathmandu already
HOUR_US = 3_600_000_000


Key = tuple[str, int, int]
Counts = dict[Key, Counter[Any]]  # of cells, or of customers


class Step(NamedTuple):
    """A step of a journey; what follows is 0 at its end."""

    event_number: int
    journey_code: int
    customer_code: int
    slice_set: int
    activity_code: int
    next_activity_code: int | None
    occurred_us: int
    wait_us: int | None
    is_open: bool
    is_step: bool = True


def random_steps(seed: int) -> list[Step]:
    """Return steps by customer and time; journeys of a customer may be mixed."""
    rng = random.Random(seed)
    steps: list[Step] = []
    for customer in range(1, 120):
        visits, begin_us = [], BEGIN_US + rng.randrange(2000) * HOUR_US
        for journey in range(rng.randint(1, 3)):
            at_us = begin_us + rng.randrange(40) * HOUR_US
            sliced, is_open = (
                rng.randint(1, SETS),
                rng.random() < (0.0, 0.2, 0.03)[seed % 3],
            )
            for _ in range(rng.randint(1, 7)):
                at_us += rng.choice((SLOW_US // 2, SLOW_US, SLOW_US + 1, 30 * HOUR_US))
                one = rng.randint(1, ACTIVITIES)
                visits.append((at_us, journey, one, sliced, is_open))
        visits.sort()
        firsts: dict[int, int] = {}
        for place, (at_us, journey, one, sliced, is_open) in enumerate(visits):
            number = len(steps) + 1
            firsts.setdefault(journey, number)
            later = [visit for visit in visits[place + 1 :] if visit[1] == journey]
            following = (later[0][2], later[0][0] - at_us) if later else (None, None)
            steps.append(
                Step(
                    number,
                    *(firsts[journey], customer, sliced, one, following[0]),
                    *(at_us, following[1], is_open),
                )
            )
    return steps


def found(steps: list[Step], zone: str, parts: int) -> dict[Key, object]:
    """Return the losses that are counted of steps, in so many parts of the log."""
    customers = sorted({step.customer_code for step in steps})
    begins = customers[:: len(customers) // parts]
    firsts = [
        min(step.event_number for step in steps if step.customer_code >= customer)
        for customer in begins
    ]
    lasts = [*(first - 1 for first in firsts[1:]), len(steps)]
    ways = {(step.activity_code, step.next_activity_code) for step in steps}
    ways = {way for way in ways if way[1] is not None}
    with connect(":memory:", threads=2) as con:
        write_arrow(
            con, "int_steps", pa.Table.from_pylist([s._asdict() for s in steps])
        )
        write_arrow(
            con,
            "int_log_rounds",
            pa.table({"first_event": firsts, "last_event": lasts}),
        )
        con.execute(f"create table int_slice_sets as from range({SETS})")
        con.execute(
            "create table int_slices as"
            " select 7 as slice_code, 'all' as persona, 'all' as segment"
        )
        told = [(7, *way, SLOW_US) for way in sorted(ways)]
        con.execute(
            "create table py_transitions (slice_code int, activity_code bigint,"
            " next_activity_code bigint, p90_us bigint)"
        )
        con.executemany("insert into py_transitions values (?, ?, ?, ?)", told)
        return {
            (loss.kind, *loss.codes): (
                {
                    (int(a), int(b)): (c, d)
                    for a, b, c, d in zip(
                        *(loss.slice_set, loss.month, loss.at_risk, loss.lost),
                        strict=True,
                    )
                },
                pytest.approx(loss.effect),
            )
            for loss in losses(read_trials(con, zone))
        }


def plainly(steps: list[Step], zone: str) -> dict[Key, object]:
    """Return the same by a loop over journeys."""
    journeys = defaultdict(list)
    for step in steps:
        journeys[step.journey_code].append(step)
    did: list[tuple[str, int, int, Step, tuple[int, int]]] = []
    for path in journeys.values():
        for code in sorted({step.activity_code for step in path}):
            own = [step for step in path if step.activity_code == code]
            at = datetime.fromtimestamp(own[0].occurred_us / 1e6, UTC)
            local = at.astimezone(ZoneInfo(zone))
            cell = (own[0].slice_set, local.year * 12 + local.month - 1)
            if own[0].is_open and all(step.next_activity_code is None for step in own):
                continue
            kinds = ["visit"]
            kinds += ["again"] * (len(own) > 1)
            kinds += ["settled"] * (not own[0].is_open)
            is_end = own[-1].next_activity_code is None and not own[0].is_open
            kinds += ["leave"] * is_end
            did += [(kind, code, 0, own[0], cell) for kind in kinds]
            for other in {s.next_activity_code or 0 for s in own} - {0}:
                waits = [s.wait_us or 0 for s in own if s.next_activity_code == other]
                kinds = ["follow"] + ["slow"] * (max(waits) > SLOW_US)
                did += [(kind, code, other, own[0], cell) for kind in kinds]
    cells: Counts = defaultdict(Counter)
    customers: Counts = defaultdict(Counter)
    for kind, code, other, step, cell in did:
        cells[kind, code, other][cell] += 1
        customers[kind, code, other][step.customer_code] += 1
    return dict(_pairs(cells, customers))


def _pairs(cells: Counts, customers: Counts) -> Iterator[tuple[Key, object]]:
    bases = {"leave": "settled", "follow": "visit", "again": "visit", "slow": "follow"}
    over: Counter[int] = Counter()
    visits: Counter[int] = Counter()
    for (kind, *_), counts in cells.items():
        for (_, month), journeys in counts.items():
            over[month] += journeys * (kind == "settled")
            visits[month] += journeys * (kind == "visit")
    for key, lost in cells.items():
        kind, code, other = key
        if kind not in bases:
            continue
        base = (bases[kind], code, other if kind == "slow" else 0)
        at_risk = {
            cell: journeys
            for cell, journeys in cells[base].items()
            if kind != "leave" or over[cell[1]] >= (1 - MOST_OPEN) * visits[cell[1]]
        }
        if sum(lost[cell] for cell in at_risk) < 5:
            continue
        n, k = customers[base], customers[key]
        share = k.total() / n.total()
        squares = sum((k[one] - share * n[one]) ** 2 for one in n)
        independent = n.total() * share * (1 - share)
        effect = max(squares / independent, 1) if independent > 0 else 1
        yield key, ({cell: (at_risk[cell], lost[cell]) for cell in at_risk}, effect)


@pytest.mark.parametrize("seed", range(6))
def test_losses_are_counted_as_a_plain_loop_counts_them(seed):
    steps = random_steps(seed)
    zone = ("Asia/Kathmandu", "America/New_York", "UTC")[seed // 2]
    expected = plainly(steps, zone)
    assert {kind for kind, *_ in expected} >= {"follow", "again", "slow"}
    # The same however the log is cut.
    assert found(steps, zone, parts=1) == expected
    assert found(steps, zone, parts=3) == expected
