"""A single record does not hold two crowds of accounts together."""

import random
from itertools import combinations

import numpy as np
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.test_identity import customers
from tests.core.test_identity_guards import seen

from journeymine.identity import components
from journeymine.identity_bridges import Graph, bridges

CROWDS = [
    f"email={crowd}{number}@x.y, crm={crowd}" for crowd in "pq" for number in (1, 2, 3)
]


def test_one_record_that_holds_two_crowds_together_is_cut(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("[identity]\nlargest = 5")
    given(stg_events=seen(*CROWDS, "crm=p, device=d", "crm=q, device=d"))
    assert len(customers(result_of)) == 3  # the device belongs to neither for sure
    given(stg_events=seen(*CROWDS, "crm=p, crm=q"))
    assert customers(result_of) == {
        frozenset({"crm=p", "email=p1@x.y", "email=p2@x.y", "email=p3@x.y"}),
        frozenset({"crm=q", "email=q1@x.y", "email=q2@x.y", "email=q3@x.y"}),
    }
    columns = ("reason", "identifier", "other_identifier", "records")
    assert result_of("fct_identity_audit", *columns, where="action = 'cut'") == [
        ("bridge", "p", "q", 1)
    ]
    ((customer,),) = result_of(
        "fct_events", "customer_id", where="occurred_at = '2024-05-01 00:06+00'"
    )
    assert result_of(
        "dim_identities", "identifier", where=f"customer_id = '{customer}'"
    )[0] == ("p",)


def test_two_records_or_a_second_way_or_a_small_customer_are_no_bridge(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project("[identity]\nlargest = 5")
    for further in (
        ["crm=p, crm=q", "crm=p, crm=q"],
        ["crm=p, crm=q", "email=p1@x.y, device=d", "email=q1@x.y, device=d"],
    ):
        bench.given(stg_events=seen(*CROWDS, *further))
        assert len(customers(result_of)) == 1
    bench.set_project("[identity]\nlargest = 6")
    bench.given(stg_events=seen(*CROWDS, "crm=p, crm=q"))
    assert len(customers(result_of)) == 1


def test_bridges_are_those_without_which_a_customer_falls_in_two_crowds() -> None:
    found = 0
    for seed in range(300):
        rng = random.Random(seed)
        nodes = rng.randrange(4, 26)
        pairs = sorted(
            rng.sample(list(combinations(range(nodes), 2)), rng.randrange(3, nodes))
        )
        graph = Graph(
            np.asarray([left for left, _ in pairs]),
            np.asarray([right for _, right in pairs]),
            np.asarray([rng.choice([-1, 0, 0, 1]) for _ in range(nodes)]),
        )
        labels = components(graph.lefts, graph.rights, nodes)
        is_weak = np.asarray([rng.random() < 0.8 for _ in pairs])
        cut = bridges(graph, labels, is_weak, 3)
        assert cut.tolist() == [
            bool(is_weak[place])
            and parts_two_crowds(pairs, place, graph.types.tolist())
            for place in range(len(pairs))
        ]
        found += int(cut.sum())
    assert found > 100


def parts_two_crowds(
    pairs: list[tuple[int, int]], place: int, types: list[int]
) -> bool:
    """Walk from both ends of an edge without it, and count what is met."""
    left, right = pairs[place]
    rest = pairs[:place] + pairs[place + 1 :]
    one, other = walk(rest, left), walk(rest, right)
    if one == other:
        return False
    held = [
        [sum(types[node] == kind for node in part) for part in (one, other)]
        for kind in (0, 1)
    ]
    is_large = any(sum(counts) > 3 for counts in held)
    return is_large and any(min(counts) >= 2 for counts in held)


def walk(pairs: list[tuple[int, int]], start: int) -> set[int]:
    met, ahead = {start}, [start]
    while ahead:
        node = ahead.pop()
        for pair in pairs:
            if node in pair:
                new = set(pair) - met
                met |= new
                ahead += new
    return met
