"""Attribution against other ways to reckon it: loops, brute force, removal, chance."""

import math
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from tests.core.attribution_brute_force import (
    LOOPS,
    Credit,
    links_of,
    looped,
    markov,
    shapley,
    simulated,
    walk_of,
)
from tests.core.bench import Bench
from tests.core.touched_journeys import CHANNELS, Touched, draw, random_journeys

from journeymine.attribution.markov import removal_shares
from journeymine.attribution.replicates import weights
from journeymine.warehouse import connect

JOURNEYS, SETS = 10_000, 100
PARTS = 10**9


@pytest.fixture(scope="module")
def journeys() -> list[Touched]:
    return random_journeys(3, JOURNEYS, SETS, CHANNELS)


@pytest.fixture(scope="module")
def built(
    journeys: list[Touched], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    with connect(":memory:", threads=1) as con:
        bench = Bench(con, tmp_path_factory.mktemp("attribution"))
        draw(bench, journeys, CHANNELS)
        bench.build("py_attribution")
        yield bench


def test_every_model_equals_an_independent_one_on_ten_thousand_journeys(
    built: Bench, journeys: list[Touched]
) -> None:
    found: dict[str, Credit] = defaultdict(dict)
    for code, channel, model, parts in built.result_of(
        "py_attribution", "slice_code, channel_code, model, credit_parts"
    ):
        if parts:
            found[str(model)][int(str(code)), int(str(channel))] = int(str(parts))
    expected = {
        **{model: looped(model, journeys) for model in LOOPS},
        "shapley": shapley(journeys),
        "markov": markov(journeys),
    }
    assert set(found) == set(expected)
    for model, credit in expected.items():
        assert set(found[model]) == set(credit), model
        for place, conversions in credit.items():
            # Each journey's parts are whole: a part for each of its touches at most.
            assert found[model][place] / PARTS == pytest.approx(
                conversions, abs=2e-7
            ), (model, place)


def test_credit_and_value_add_up_to_the_conversions_in_every_model_and_slice(
    built: Bench, journeys: list[Touched]
) -> None:
    conversions: Counter[int] = Counter()
    value: Counter[int] = Counter()
    for journey in journeys:
        if journey.end == "converted":
            conversions[journey.slice_set] += 1
            value[journey.slice_set] += journey.value
    rows = built.con.execute(
        "select slice_code, sum(credit_parts), sum(value_parts) from py_attribution"
        " group by slice_code, model"
    ).fetchall()
    assert len(rows) == 7 * SETS
    for code, parts, money in rows:
        assert (parts, money) == (conversions[code] * PARTS, value[code])


def test_a_replicate_counts_each_customer_as_often_as_the_hash_says(
    built: Bench, journeys: list[Touched]
) -> None:
    low, high = built.con.execute(
        "select credit_low, credit_high from py_attribution"
        " where slice_code = 1 and channel_code = 2 and model = 'last'"
    ).fetchall()[0]
    customers = sorted({journey.customer for journey in journeys})
    hashes = built.con.execute(
        "select md5_number_lower(customer_id) from int_customers order by customer_code"
    ).fetchnumpy()
    drawn = weights(np.asarray(next(iter(hashes.values())), np.uint64))
    credit = np.zeros(drawn.shape[1])
    for journey in journeys:
        is_last = journey.channels[-1:] == (2,)
        if journey.end == "converted" and journey.slice_set == 1 and is_last:
            credit += drawn[customers.index(journey.customer)]
    factor = math.exp(1.96 * statistics.stdev(credit[1:]) / credit[0])
    assert (low / PARTS, high / PARTS) == pytest.approx(
        (credit[0] / factor, credit[0] * factor)
    )


def test_a_chain_simulated_without_a_channel_loses_what_the_model_says() -> None:
    chance = random.Random(4)
    walks = [
        walk_of(journey)
        for journey in random_journeys(9, 2000, 1, 3)
        if journey.channels and journey.end != "open"
    ]
    following: dict[int | str, list[int | str]] = defaultdict(list)
    for walk in walks:
        for here, there in pairwise(walk):
            following[here].append(there)
    tries = 20_000
    kept = [simulated(following, without, tries, chance) for without in (0, 1, 2, 3)]
    effects = np.array([kept[0] - one for one in kept[1:]])
    error = 3 * 0.5 / np.sqrt(tries) / kept[0]
    np.testing.assert_allclose(
        effects / effects.sum(), removal_shares(links_of(walks, 3))[0], atol=error
    )
