"""Flows through columns: nothing is lost, labels stay apart, little crosses."""

import random
import re
from itertools import combinations, pairwise, permutations, product

from journeymine.report.charts.crossings import Pairs, crossed, untangled
from journeymine.report.charts.sankey import FLOW, Band, Place, draw_sankey

DRAWS = 60


def _drawn(chance: random.Random) -> tuple[list[list[str]], Pairs]:
    columns = [
        [f"{at}{letter}" for letter in "abcd"[: chance.randint(1, 4)]]
        for at in range(chance.randint(2, 4))
    ]
    flows = {
        pair: float(chance.randint(1, 9))
        for at in range(len(columns) - 1)
        for pair in product(columns[at], columns[at + 1])
        if chance.random() < 0.6
    }
    return columns, flows


def _slow(columns: list[list[str]], flows: Pairs) -> float:
    """What crosses, by looking at every two flows."""
    places = {key: (x, y) for x, one in enumerate(columns) for y, key in enumerate(one)}
    total = 0.0
    for (ab, weight), (cd, other) in combinations(sorted(flows.items()), 2):
        (a, b), (c, d) = ([places[key] for key in pair] for pair in (ab, cd))
        is_side = a[0] == c[0]
        if is_side and (a[1] - c[1]) * (b[1] - d[1]) < 0:
            total += min(weight, other)
    return total


def test_what_crosses_is_counted_as_by_looking_at_every_two_flows() -> None:
    chance = random.Random(3)
    for _ in range(DRAWS):
        columns, flows = _drawn(chance)
        assert crossed(columns, flows) == _slow(columns, flows)


def test_the_order_never_crosses_more_than_the_given_and_keeps_every_place() -> None:
    chance = random.Random(5)
    for _ in range(DRAWS):
        columns, flows = _drawn(chance)
        order = untangled(columns, flows)
        assert [sorted(one) for one in order] == [sorted(one) for one in columns]
        assert crossed(order, flows) <= crossed(columns, flows)


def test_two_flows_that_need_not_cross_do_not() -> None:
    flows = {("a", "d"): 3.0, ("b", "c"): 2.0}
    assert crossed([["a", "b"], ["c", "d"]], flows) == 2
    for left, right in product(permutations("ab"), permutations("cd")):
        order = untangled([list(left), list(right)], flows)
        assert crossed(order, flows) == 0


def _example() -> tuple[list[Place], list[Band]]:
    places = [
        Place("a", 0, "Cart viewed", 60),
        Place("b", 0, "Search", 40),
        *(Place(f"c{i}", 1, f"A long name of an activity {i}", 10) for i in range(10)),
        Place("z", 2, "Order", 100, kind="wip"),
    ]
    bands = [Band("a" if i < 6 else "b", f"c{i}", 10) for i in range(10)]
    return places, [*bands, *(Band(f"c{i}", "z", 10) for i in range(10))]


def test_bands_are_as_thick_as_what_flows() -> None:
    places, bands = _example()
    drawn = draw_sankey(places, bands, "Ways")
    thick = [float(one) for one in re.findall(r'stroke-width="([\d.]+)"', drawn)]
    assert thick == [FLOW / 10] * 20
    heights = re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)
    assert sorted(map(float, heights))[-3:] == [104, 156, 260]


def test_bands_fill_their_places_without_a_gap() -> None:
    places, bands = _example()
    drawn = draw_sankey(places, bands, "Ways")
    tops = {
        (float(x), float(y), float(high))
        for x, y, high in re.findall(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="8" height="([\d.]+)"', drawn
        )
    }
    ways = re.findall(r'd="M([\d.]+),([\d.]+)C', drawn)
    for x, y, high in tops:
        met = sorted(float(at) for left, at in ways if float(left) == x + 8)
        own = [at for at in met if y <= at <= y + high]
        assert all(b - a > 25.5 for a, b in pairwise(own))


def test_no_label_stands_on_another() -> None:
    drawn = draw_sankey(*_example(), "Ways")
    texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"', drawn)
    for (x, y), (other_x, other_y) in combinations(texts, 2):
        if x == other_x:
            assert abs(float(y) - float(other_y)) >= 14


def test_the_order_of_places_and_bands_does_not_matter() -> None:
    places, bands = _example()
    drawn = draw_sankey(places, bands, "Ways")
    again = draw_sankey(places, bands[::-1], "Ways")
    assert drawn == again
    shuffled = draw_sankey(places[::-1], bands, "Ways")
    assert sorted(re.findall(r"<rect[^>]+>", drawn)) == sorted(
        re.findall(r"<rect[^>]+>", shuffled)
    )


def test_no_place_draws_nothing() -> None:
    assert draw_sankey([], [], "Ways") == ""
