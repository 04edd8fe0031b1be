"""Paths of 10,000 random journeys against a plain walk over each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from math import ceil

import pytest
from tests.core.bench import Bench
from tests.core.path_journeys import START, Journey, built, slices
from tests.core.path_walk import Told, walked_rework, walked_transitions

SLICED = "segment in ('all', 'device')"
SLICE = "persona, segment_value"
Drawn = tuple[Bench, list[Journey], dict[str, str]]
Figures = dict[tuple[str, ...], Told]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """Build all paths of the journeys once."""
    yield from built(tmp_path_factory.mktemp("paths"))


def test_transitions_are_those_of_the_walk(drawn: Drawn) -> None:
    walked, journeys, persona_of = drawn
    truth: Figures = defaultdict(Told)
    switches: Counter[tuple[str, ...]] = Counter()
    for journey in journeys:
        for one, other, spent, at, changes in walked_transitions(journey):
            for key in slices(journey, persona_of):
                truth[(*key, one, other)].add(journey, spent, at)
                switches[(*key, one, other)] += changes
    found = walked.result_of(
        "fct_transitions",
        f"{SLICE}, from_activity, to_activity, transitions, customers",
        "p50_seconds, p90_seconds, first_at, last_at, channel_switches, is_switch",
        where=SLICED,
    )
    assert found == sorted(
        (
            *key,
            told.occurrences,
            len(told.customers),
            _quantile(told.minutes, 0.5) * 60,
            _quantile(told.minutes, 0.9) * 60,
            *(START + timedelta(minutes=one(told.seen)) for one in (min, max)),
            switches[key],
            switches[key] * 2 >= told.occurrences,
        )
        for key, told in truth.items()
    )


def test_shares_of_transitions_add_up_in_every_slice(drawn: Drawn) -> None:
    walked, *_ = drawn
    walked.build("fct_transitions")
    sums = walked.con.execute(
        "select sum(share), sum(transitions) from fct_transitions"
        " group by persona, segment, segment_value"
    ).fetchall()
    assert [share for share, _ in sums] == pytest.approx([1] * len(sums))


def test_rework_is_that_of_the_walk(drawn: Drawn) -> None:
    walked, journeys, persona_of = drawn
    truth: Figures = defaultdict(Told)
    for journey in journeys:
        for kind, one, other, spent in walked_rework(journey):
            for key in slices(journey, persona_of):
                truth[(*key, kind, one, other)].add(journey, spent, 0)
    found = walked.result_of(
        "fct_rework",
        f"{SLICE}, kind, activity, other_activity, occurrences, journeys, customers",
        "total_seconds, round(mean_seconds, 6)",
        where=SLICED,
    )
    assert {row[2] for row in found} == {
        "ping_pong",
        "return",
        "return_from",
        "rework",
        "self_loop",
    }
    assert found == sorted(
        (
            *key,
            told.occurrences,
            len(told.journeys),
            len(told.customers),
            sum(told.minutes) * 60,
            pytest.approx(sum(told.minutes) * 60 / told.occurrences),
        )
        for key, told in truth.items()
    )


def test_variants_are_those_of_the_walk(drawn: Drawn) -> None:
    walked, journeys, persona_of = drawn
    truth: dict[tuple[str, ...], list[Journey]] = defaultdict(list)
    for journey in journeys:
        path = " > ".join(step.activity for step in journey.steps)
        for key in slices(journey, persona_of):
            if key == ("all", "all"):
                truth[path,].append(journey)
    found = walked.result_of(
        "fct_variants",
        "variant, journeys, converted, in_progress, p50_seconds, p90_seconds",
        "example_journey_ids",
        where="persona = 'all' and segment = 'all'",
    )
    assert {row[:6] for row in found} == {
        (
            *path,
            len(held),
            sum(one.is_converted for one in held),
            sum(one.is_open for one in held),
            *_durations(held),
        )
        for path, held in truth.items()
    }
    code_of = dict(
        walked.con.execute(
            "select journey_id, journey_code from int_journeys"
        ).fetchall()
    )
    for variant, *_, examples in found:
        cases = sorted(
            (one.case for one in truth[str(variant),]), key=code_of.__getitem__
        )
        assert examples == cases[:3]


def test_shares_of_variants_cumulate_in_their_order(drawn: Drawn) -> None:
    walked, *_ = drawn
    walked.build("fct_variants")
    found = walked.con.execute(
        """
        select persona, segment_value, journeys, cumulative_share, variant_id
        from fct_variants where segment in ('all', 'device')
        order by persona, segment_value, variant_index
        """
    ).fetchall()
    totals: Counter[tuple[str, str]] = Counter()
    for persona, value, count, _, _ in found:
        totals[persona, value] += count
    so_far: Counter[tuple[str, str]] = Counter()
    for persona, value, count, share, _ in found:
        so_far[persona, value] += count
        assert share == pytest.approx(so_far[persona, value] / totals[persona, value])
    assert "$other" in {row[4] for row in found}
    ranked = [row for row in found if row[4] != "$other"]
    assert all(
        one[2] >= other[2] for one, other in pairwise(ranked) if one[:2] == other[:2]
    )


def test_what_is_folded_has_no_duration_and_no_example(drawn: Drawn) -> None:
    walked, *_ = drawn
    found = walked.result_of(
        "fct_variants",
        "variant_index, p50_seconds, p90_seconds, example_journey_ids",
        where="variant_id = '$other'",
    )
    assert set(found) == {(1001, None, None, None)}


def _quantile(values: list[int], share: float) -> int:
    """Return the least value that at least that share does not exceed."""
    return sorted(values)[ceil(len(values) * share) - 1]


def _durations(held: list[Journey]) -> tuple[float | None, ...]:
    minutes = [
        one.events[-1].minute - one.events[0].minute for one in held if not one.is_open
    ]
    return tuple(
        _quantile(minutes, share) * 60 if minutes else None for share in (0.5, 0.9)
    )
