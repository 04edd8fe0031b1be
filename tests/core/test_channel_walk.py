"""Channels of 10,000 random journeys against a plain walk over each."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from tests.core.bench import Bench
from tests.core.path_journeys import Journey, built, slices
from tests.core.path_walk import Told, walked_channels, walked_switches

SLICED = "segment in ('all', 'device')"
SLICE = "persona, segment_value"
Drawn = tuple[Bench, list[Journey], dict[str, str]]
Figures = dict[tuple[str, ...], Told]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """Build all paths of the journeys once."""
    yield from built(tmp_path_factory.mktemp("paths"))


def test_channel_switches_are_those_of_the_walk(drawn: Drawn) -> None:
    walked, journeys, persona_of = drawn
    truth: Figures = defaultdict(Told)
    before: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for journey in journeys:
        for one, other, earlier, later, spent in walked_switches(journey):
            for key in slices(journey, persona_of):
                truth[(*key, one, other)].add(journey, spent, 0)
                before[(*key, one, other)][earlier] += 1
                after[(*key, one, other)][later] += 1
    found = walked.result_of(
        "fct_channel_switches",
        f"{SLICE}, from_channel, to_channel, switches, journeys, customers",
        "mean_seconds, preceded_by, followed_by",
        where=SLICED,
    )
    assert found == sorted(
        (
            *key,
            told.occurrences,
            len(told.journeys),
            len(told.customers),
            pytest.approx(sum(told.minutes) * 60 / told.occurrences),
            _top(before[key]),
            _top(after[key]),
        )
        for key, told in truth.items()
    )


def test_channels_contain_what_the_walk_says(drawn: Drawn) -> None:
    walked, journeys, persona_of = drawn
    counts = (
        "starts, open_starts, settled, contained, left_and_came_back, ended_elsewhere,"
        " converted, contained_converted"
    )
    found = walked.result_of(
        "fct_channels", f"{SLICE}, channel, {counts}", where=SLICED
    )
    truth = walked_channels(journeys, persona_of)
    assert found == sorted(
        (*key, *(told[name] for name in counts.split(", ")))
        for key, told in truth.items()
    )


def test_switches_add_up_to_those_of_the_journeys_in_every_slice(drawn: Drawn) -> None:
    walked, *_ = drawn
    for model in ("fct_transitions", "fct_channel_switches", "int_journey_paths"):
        walked.build(model)
    of_transitions, of_channels, of_journeys = (
        walked.con.execute(
            f"select persona, segment, segment_value, sum({count}) as switches"
            f" from {table} group by all having switches > 0 order by all"
        ).fetchall()
        for count, table in (
            ("channel_switches", "fct_transitions"),
            ("switches", "fct_channel_switches"),
            (
                "channel_switches",
                "int_journey_paths inner join int_unit_slices"
                " on unit = 'journey' and unit_code = journey_code"
                " inner join int_slices using (slice_set)",
            ),
        )
    )
    assert of_transitions == of_channels == of_journeys != []


def _top(counts: Counter[str]) -> list[dict[str, object]]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"activity": name, "switches": count} for name, count in ranked[:3]]
