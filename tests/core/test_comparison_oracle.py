"""Comparisons against a plain loop over random journeys, and intervals against the
bootstrap over customers."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from tests.core.bench import WHOLE, Bench
from tests.core.halves import halves

from journeymine.warehouse import Row, connect

START = datetime(2024, 5, 1, tzinfo=UTC)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
JOURNEYS = 10_000
CUSTOMERS = 400
"""Each has many journeys, on both sides, and tastes of its own."""
PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
segments = ["device"]
[journey]
goal = ["d"]
case = "case"
inactivity = "10 days"
[comparisons.devices]
segment = "device"
a = "mobile"
b = "desktop"
[comparisons.spans]
a = { from = 2024-05-12, until = 2024-05-27 }
b = { from = 2024-05-27, until = 2024-06-15 }
"""
SPANS = {
    "a": (datetime(2024, 5, 12, tzinfo=UTC), datetime(2024, 5, 27, tzinfo=UTC)),
    "b": (datetime(2024, 5, 27, tzinfo=UTC), datetime(2024, 6, 15, tzinfo=UTC)),
}
Arrow = tuple[str, str]
Key = tuple[str, str]
"""A comparison, and a side of it."""


class Journey(NamedTuple):
    """One case: whose, on what, its steps, and whether it may go on."""

    customer: str
    device: str
    steps: list[tuple[datetime, str]]

    @property
    def is_open(self) -> bool:
        last = self.steps[-1][0]
        is_converted = any(name == "d" for _, name in self.steps)
        return not is_converted and last + timedelta(days=10) > AS_OF


class Part(NamedTuple):
    """What of a journey lies in a side."""

    arrows: list[Arrow]
    cut: int
    variant: str | None


@pytest.fixture(scope="module")
def journeys() -> list[Journey]:
    rng = random.Random(5)
    found = []
    for _ in range(JOURNEYS):
        customer = rng.randrange(CUSTOMERS)
        likes = ("ab", "bc", "cd")[customer % 3]
        at, steps = START + timedelta(hours=rng.randrange(24 * 60)), []
        device = "mobile" if rng.random() < 0.5 else "desktop"
        for _ in range(rng.randint(1, 7)):
            names = likes if rng.random() < 0.8 else "abcd" + "c" * (device == "mobile")
            steps.append((at, rng.choice(names)))
            at += timedelta(hours=rng.choice([0, 1, 5, 70]))
        told = [step for step in steps if step[0] <= AS_OF]
        found.append(Journey(f"u{customer}", device, told))
    return found


@pytest.fixture(scope="module")
def bench(
    journeys: list[Journey], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    rows = [
        (f"case{number:05}", one.customer, one.device, *step)
        for number, one in enumerate(journeys)
        for step in one.steps
    ]
    names = ("case_id", "customer", "device", "occurred_at", "activity")
    with connect(":memory:", threads=1) as con:
        made = Bench(con, tmp_path_factory.mktemp("bench"))
        made.set_project(PROJECT)
        made.given(
            stg_events=dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        )
        for mart in ("comparisons", "comparison_variants", "comparison_summary"):
            made.build(f"fct_{mart}")
        made.build("fct_comparison_totals")
        yield made


@pytest.fixture(scope="module")
def parts(journeys: list[Journey]) -> dict[Key, list[tuple[str, Part]]]:
    """Return what each journey adds to each side, with its customer."""
    found = defaultdict(list)
    for journey in journeys:
        side = "a" if journey.device == "mobile" else "b"
        whole = part_of(journey, START, datetime.max.replace(tzinfo=UTC))
        found["devices", side].append((journey.customer, whole))
        for side, (since, until) in SPANS.items():
            if any(since <= at < until for at, _ in journey.steps):
                part = part_of(journey, since, until)
                found["spans", side].append((journey.customer, part))
    return found


def part_of(journey: Journey, since: datetime, until: datetime) -> Part:
    is_in = [since <= at < until for at, _ in journey.steps]
    names = [name for _, name in journey.steps]
    pairs = list(pairwise(zip(names, is_in, strict=True)))
    arrows = [(one, other) for (one, here), (other, there) in pairs if here and there]
    arrows += [("$start", names[0])] * is_in[0]
    arrows += [(names[-1], "$end")] * (is_in[-1] and not journey.is_open)
    is_whole = all(is_in) and not journey.is_open
    cut = sum(here != there for (_, here), (_, there) in pairs)
    return Part(arrows, cut, " > ".join(names) if is_whole else None)


def test_transitions_of_both_sides_are_those_of_a_loop(
    bench: Bench, parts: dict[Key, list[tuple[str, Part]]]
) -> None:
    times: Counter[tuple[str, ...]] = Counter()
    held: Counter[tuple[str, ...]] = Counter()
    for (comparison, side), told in parts.items():
        for _, part in told:
            times.update((comparison, *arrow, side) for arrow in part.arrows)
            held.update((comparison, *arrow, side) for arrow in set(part.arrows))
    keys = sorted({key[:3] for key in times})
    assert bench.result_of(
        "fct_comparisons",
        "comparison, from_activity, to_activity",
        "transitions_a, transitions_b, journeys_a, journeys_b",
    ) == [
        (*key, *(counts[*key, side] for counts in (times, held) for side in "ab"))
        for key in keys
    ]


def test_totals_and_variants_are_those_of_a_loop(
    bench: Bench, parts: dict[Key, list[tuple[str, Part]]]
) -> None:
    def of(comparison: str, side: str) -> Row:
        told = [part for _, part in parts[comparison, side]]
        customers = {customer for customer, _ in parts[comparison, side]}
        steps = [pair for part in told for pair in part.arrows if "$" not in str(pair)]
        whole = sum(part.variant is not None for part in told)
        cut = sum(part.cut for part in told)
        return (len(told), len(customers), whole, len(steps), cut)

    names = ("journeys", "customers", "whole_journeys", "transitions")
    columns = [
        f"{name}_{side}" for side in "ab" for name in (*names, "cut_transitions")
    ]
    assert bench.result_of("fct_comparison_totals", "comparison", *columns) == [
        (comparison, *of(comparison, "a"), *of(comparison, "b"))
        for comparison in ("devices", "spans")
    ]
    variants = {
        key: Counter(part.variant for _, part in told if part.variant)
        for key, told in parts.items()
    }
    found = bench.result_of(
        "fct_comparison_variants", "comparison, variant, journeys_a, journeys_b"
    )
    for comparison in ("devices", "spans"):
        both = variants[comparison, "a"], variants[comparison, "b"]
        rows = {row[1]: row[2:] for row in found if row[0] == comparison}
        rest = [sum(counts.values()) for counts in both]
        for variant, counts in rows.items():
            if variant != "$other":
                assert counts == tuple(side[str(variant)] for side in both)
                rest = [old - int(str(n)) for old, n in zip(rest, counts, strict=True)]
        assert rows["$other"] == tuple(rest)
        assert len(rows) == 1001


def test_a_part_has_no_transition_that_the_whole_has_not(bench: Bench) -> None:
    # In every customer and journey, not only in sum.
    bench.build("fct_transitions")
    found = bench.con.execute(
        """
        select count(*)
        from int_compared_steps as part
        left join (
            select journey_code, activity_code, next_activity_code, count(*) as times
            from int_steps
            group by all
        ) as whole
            on part.journey_code = whole.journey_code
            and part.activity_code = whole.activity_code
            and part.next_activity_code = coalesce(whole.next_activity_code, 0)
        where part.activity_code > 0 and coalesce(whole.times, 0) < part.transitions
        """
    ).fetchall()
    assert found == [(0,)]


def test_a_side_that_is_a_slice_has_the_transitions_of_the_slice(bench: Bench) -> None:
    slices = bench.result_of(
        "fct_transitions",
        "from_activity, to_activity, transitions",
        where="persona = 'all' and segment_value = 'mobile'",
    )
    assert slices == bench.result_of(
        "fct_comparisons",
        "from_activity, to_activity, transitions_a",
        where="comparison = 'devices' and from_activity || to_activity not like '%$%'",
    )
    assert len(bench.result_of("fct_transitions", "from_activity", where=WHOLE)) == 16


def test_intervals_are_those_of_the_bootstrap_over_customers(
    bench: Bench, parts: dict[Key, list[tuple[str, Part]]]
) -> None:
    rng = np.random.default_rng(3)
    weights = rng.multinomial(
        CUSTOMERS, np.full(CUSTOMERS, 1 / CUSTOMERS), 1_000
    ).astype(float)
    widths = []
    for row in bench.result_of(
        "fct_comparisons",
        "comparison, from_activity, to_activity",
        "difference_low, difference_high",
        where="least(transitions_a, transitions_b) > 50 and rate_a < 1",
    ):
        comparison, one, other, low, high = row
        rates = []
        for side in "ab":
            sums = np.zeros((CUSTOMERS, 2))
            for customer, part in parts[str(comparison), side]:
                starts = [arrow for arrow in part.arrows if arrow[0] == one]
                sums[int(customer[1:])] += (
                    len(starts),
                    starts.count((str(one), str(other))),
                )
            drawn = weights @ sums
            rates.append(drawn[:, 1] / drawn[:, 0])
        spread = float(np.std(rates[0] - rates[1]))
        width = float(str(high)) - float(str(low))
        widths.append(width / (2 * 1.96 * spread))
    # Two more customers make it a little wider, the more the rarer a transition is.
    assert len(widths) > 30
    assert min(widths) > 0.93
    assert max(widths) < 1.4
    assert np.median(widths) < 1.08


def test_random_halves_of_customers_do_not_differ() -> None:
    flagged = [bool((halves(seed) < 0.05).any()) for seed in range(200)]
    assert np.mean(flagged) <= 0.05
