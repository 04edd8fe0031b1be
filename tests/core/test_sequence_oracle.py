"""Pairs, anchored paths and sub-sequences against loops over random journeys."""

import contextlib
import io
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import sqrt

import pytest
from tests.core.bench import WHOLE, Bench
from tests.core.random_journeys import (
    Journey,
    counted,
    draw_journeys,
    subsequences,
)

from journeymine.warehouse import connect

SLICED = "persona = 'all' and segment in ('all', 'channel')"


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Bench, list[Journey]]]:
    """Draw the journeys once; every test builds its own marts from them."""
    with connect(":memory:", threads=2) as con:
        bench = Bench(con, tmp_path_factory.mktemp("sequences"))
        yield bench, draw_journeys(bench)


Drawn = tuple[Bench, list[Journey]]


def test_the_log_holds_the_drawn_journeys(drawn: Drawn) -> None:
    bench, journeys = drawn
    assert bench.result_of("int_journeys", "journey_id, outcome") == [
        (journey.name, journey.outcome) for journey in journeys
    ]


def test_what_follows_is_what_a_loop_over_pairs_of_steps_finds(drawn: Drawn) -> None:
    bench, journeys = drawn
    rows = bench.result_of(
        "fct_follows",
        "segment_value, from_activity, to_activity, journeys, customers",
        "share, share_of_from",
        where=SLICED,
    )
    truth = counted(journeys, lambda one: combinations(one.path, 2))
    holders = counted(journeys, lambda one: ((name,) for name in one.path))
    sizes = counted(journeys, lambda _: [()])
    assert {row[:3]: [*row[3:5]] for row in rows} == truth
    for one, earlier, _, count, _, share, share_of_from in rows:
        assert share == int(str(count)) / sizes[one,][0]
        assert share_of_from == int(str(count)) / holders[one, earlier][0]


def test_pm4py_finds_the_same_pairs_in_each_journey(drawn: Drawn) -> None:
    """Its own graph counts pairs of events; which pairs a trace has is the same."""
    pytest.importorskip("pm4py", reason="the extra `mining` is not installed")
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        from pm4py.objects.log.obj import EventLog, Trace  # noqa: PLC0415
        from pm4py.statistics.eventually_follows.log.get import apply  # noqa: PLC0415
    bench, journeys = drawn
    paths = Counter(journey.path for journey in journeys)
    pairs = Counter[tuple[str, str]]()
    for path, count in paths.items():
        trace = Trace(
            {"concept:name": name, "time:timestamp": place}
            for place, name in enumerate(path)
        )
        pairs.update(dict.fromkeys(apply(EventLog([trace])), count))
    assert bench.result_of(
        "fct_follows", "from_activity, to_activity, journeys", where=WHOLE
    ) == sorted((*pair, count) for pair, count in pairs.items())


def test_anchored_paths_are_those_of_a_walk_from_the_anchor(drawn: Drawn) -> None:
    bench, journeys = drawn

    def walks(journey: Journey) -> Iterator[tuple[object, ...]]:
        end = "$end" if journey.is_ended else "$open"
        path = ["$start", *journey.path, end]
        for anchor in ("b", "g"):
            if anchor not in path:
                continue
            at = path.index(anchor)
            for step in (1, 2, 3):
                if at + step < len(path):
                    yield anchor, step, path[at + step - 1], path[at + step]
                if at - step >= 0:
                    yield anchor, -step, path[at - step], path[at - step + 1]

    rows = bench.result_of(
        "fct_anchored_paths",
        "segment_value, anchor, distance, from_activity, to_activity, journeys",
        where=SLICED,
    )
    truth = counted(journeys, walks)
    assert {row[:5]: row[5] for row in rows} == {
        key: count for key, (count, _) in truth.items()
    }


def test_subsequences_are_those_that_a_loop_over_all_of_them_finds(
    drawn: Drawn,
) -> None:
    bench, journeys = drawn
    rows = bench.result_of(
        "fct_subsequences",
        "segment_value, subsequence, journeys, customers",
        "kind, length, ended, converted",
        where=SLICED,
    )
    truth = counted(journeys, subsequences)
    ended = counted([one for one in journeys if one.is_ended], subsequences)
    won = counted([one for one in journeys if one.outcome == "converted"], subsequences)
    assert {row[:2]: [*row[2:4]] for row in rows}.items() <= truth.items()
    for one, text, *_, ends, converted in rows:
        assert [ends, converted] == [
            found.get((one, text), [0])[0] for found in (ended, won)
        ]


@pytest.mark.parametrize(
    ("kind", "length"),
    [("gapped", 2), ("direct", 2), ("direct", 3), ("direct", 4), ("direct", 5)],
)
def test_the_25_most_frequent_that_one_journey_in_100_holds_are_chosen(
    drawn: Drawn, kind: str, length: int
) -> None:
    bench, journeys = drawn
    rows = bench.result_of(
        "fct_subsequences",
        "journeys",
        where=f"{WHOLE} and kind = '{kind}' and length = {length}",
    )
    sign = " -> " if kind == "direct" else " ... "
    every = (
        count
        for (one, text), (count, _) in counted(journeys, subsequences).items()
        if one == "all" and len(str(text).split(sign)) == length
        if len(str(text).split()) == 2 * length - 1
    )
    common = sorted((one for one in every if one >= len(journeys) / 100), reverse=True)
    assert sorted((row[0] for row in rows), key=str) == sorted(common[:25], key=str)
    assert rows


@pytest.fixture(scope="module")
def people(drawn: Drawn) -> list[list[int]]:
    """What each customer converted and ended with `a ... b`, and without it."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for journey in drawn[1]:
        if journey.is_ended:
            holds = ("a ... b",) in set(subsequences(journey))
            of = found[journey.customer]
            of[0 if holds else 2] += journey.outcome == "converted"
            of[1 if holds else 3] += 1
    return list(found.values())


ONE = f"{WHOLE} and subsequence = 'a ... b'"


def test_the_interval_of_a_difference_is_that_of_leaving_customers_out(
    drawn: Drawn, people: list[list[int]]
) -> None:
    """The cluster-robust error agrees with the jackknife over customers."""
    sums = [sum(one[at] for one in people) for at in range(4)]

    def difference(without: list[int]) -> float:
        k, n, other_k, other_n = (
            every - own for every, own in zip(sums, without, strict=True)
        )
        return k / n - other_k / other_n

    left = [difference(one) for one in people]
    mean = sum(left) / len(left)
    error = sqrt(sum((one - mean) ** 2 for one in left) * (1 - 1 / len(left)))
    ((found, low, high, q),) = drawn[0].result_of(
        "fct_subsequences",
        "difference, difference_low, difference_high, q_value",
        where=ONE,
    )
    assert found == pytest.approx(difference([0] * 4))
    assert float(str(high)) - float(str(low)) == pytest.approx(3.92 * error, rel=0.01)
    assert 0 <= float(str(q)) <= 1


@pytest.mark.parametrize(("at", "name"), [(0, ""), (2, "_without")])
def test_the_interval_of_a_rate_is_that_of_as_many_independent_journeys(
    drawn: Drawn, people: list[list[int]], at: int, name: str
) -> None:
    bench, _ = drawn
    pairs = [(one[at], one[at + 1]) for one in people if one[at + 1]]
    k, n = map(sum, zip(*pairs, strict=True))
    share, groups = k / n, len(pairs)
    spread = sum((own - share * all_) ** 2 for own, all_ in pairs)
    variance = spread / n**2 * groups / (groups - 1)
    units = min(n, share * (1 - share) / variance)
    ((rate, low, high),) = bench.result_of(
        "fct_subsequences",
        *(f"conversion_rate{name}{end}" for end in ("", "_low", "_high")),
        where=ONE,
    )
    assert bench.result_of(
        "int_subsequences inner join py_subsequences using (subsequence_index)",
        "other_customers" if name else "ended_customers",
        where=ONE,
    ) == [(groups,)]
    assert rate == pytest.approx(share)
    assert (low, high) == pytest.approx(wilson(share, units), rel=1e-6)


def wilson(share: float, units: float) -> tuple[float, float]:
    z = 1.959964
    middle = share + z * z / (2 * units)
    half = z * sqrt(share * (1 - share) / units + z * z / (4 * units**2))
    low, high = ((middle + end * half) / (1 + z * z / units) for end in (-1, 1))
    return low, high
