"""What process models are mined from, and judged by."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from tests.core.bench import Bench, Given, ResultOf

from journeymine.warehouse import write_table

NAMES = "abcdefgh"


def draw(bench: Bench, paths: dict[tuple[str, str], int]) -> None:
    """Draw journeys by persona and path, one letter per activity."""
    rows = [
        (persona, [NAMES.index(name) + 1 for name in path], journeys)
        for (persona, path), journeys in paths.items()
    ]
    columns = "persona varchar, path bigint[], journeys bigint"
    write_table(bench.con, "int_model_journeys", columns, rows)
    columns = "activity_code bigint, activity varchar"
    write_table(bench.con, "int_activities", columns, list(enumerate(NAMES, start=1)))
    bench.drawn |= {"int_model_journeys", "int_activities"}


def test_a_journey_in_progress_is_no_part_of_a_model(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | buy      | 2024-05-01 09:01
            bob      | view     | 2024-06-30 09:00
        """,
    )
    assert result_of("int_model_journeys", "len(path)", "journeys") == [(2, 1)]


def test_activities_that_fewer_than_one_journey_in_five_hold_are_passed_over(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, {("p1", "abc"): 1, ("p1", "ac"): 4, ("p2", "adc"): 1})
    # Of six journeys one holds b and one d; of p1's five one does.
    assert result_of("int_model_paths", "persona", "path", "journeys") == [
        ("all", [1, 3], 6),
        ("p1", [1, 2, 3], 1),
        ("p1", [1, 3], 4),
        ("p2", [1, 4, 3], 1),
    ]
    assert result_of("int_model_arcs", "*", where="persona = 'all'") == [
        ("all", "", "a", 6),
        ("all", "a", "c", 6),
        ("all", "c", "", 6),
    ]
    assert result_of(
        "int_model_activities",
        "journeys",
        "steps",
        "kept_steps",
        where="persona = 'all'",
    ) == [(6, 14, 12)]


def test_a_journey_without_any_of_the_activities_is_left_out(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, {("p1", "a"): 9, ("p1", "b"): 1})
    assert result_of(
        "int_model_variants", "activities", "journeys", "all_journeys"
    ) == [
        (["a"], 9, 9),
        (["a"], 9, 9),
    ]


def test_variants_are_taken_until_they_hold_nine_journeys_in_ten(
    bench: Bench, result_of: ResultOf
) -> None:
    rare = {("p1", path): 2 for path in ("b", "aab", "bba", "abab", "baba")}
    draw(bench, {("p1", "ab"): 70, ("p1", "ba"): 16, ("p1", "a"): 4, **rare})
    assert result_of(
        "int_model_variants",
        *("variant_index", "activities", "journeys", "all_journeys"),
        where="persona = 'p1'",
    ) == [(1, ["a", "b"], 70, 100), (2, ["b", "a"], 16, 100), (3, ["a"], 4, 100)]


def test_a_variant_of_more_than_200_steps_is_left_out(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, {("p1", "ab" * 100): 1, ("p1", "ab" * 100 + "a"): 9})
    assert result_of(
        "int_model_variants", "len(activities)", "all_journeys", where="persona = 'p1'"
    ) == [(200, 10)]


def test_at_most_five_hundred_variants_are_taken(
    bench: Bench, result_of: ResultOf
) -> None:
    ways = [format(number, "010b") for number in range(600)]
    paths = {("p1", way.replace("0", "a").replace("1", "b")): 1 for way in ways}
    draw(bench, paths)
    assert result_of(
        "int_model_variants",
        *("count(*)", "max(len(activities))", "min(all_journeys)"),
        where="persona = 'p1'",
    ) == [(500, 10, 600)]


@pytest.mark.parametrize("seed", range(3))
def test_the_tables_are_those_of_a_plain_loop(
    seed: int, bench: Bench, result_of: ResultOf
) -> None:
    chance = random.Random(seed)
    paths = {
        (
            chance.choice(["p1", "p2", "none"]),
            "".join(chance.choices(NAMES, range(8, 0, -1), k=chance.randint(1, 9))),
        ): chance.randint(1, 9)
        for _ in range(200)
    }
    draw(bench, paths)
    told, arcs = expected(paths)
    result_of("int_model_paths", "persona")
    found = bench.con.execute("select persona, path, journeys from int_model_paths")
    assert {
        (persona, "".join(NAMES[code - 1] for code in path)): journeys
        for persona, path, journeys in found.fetchall()
    } == told
    assert {row[:3]: row[3] for row in result_of("int_model_arcs", "*")} == arcs


def expected(
    paths: dict[tuple[str, str], int],
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str, str]]]:
    told: Counter[tuple[str, str]] = Counter()
    arcs: Counter[tuple[str, str, str]] = Counter()
    for shown in ("all", "p1", "p2", "none"):
        own = [
            path
            for (persona, path), journeys in paths.items()
            if shown in ("all", persona)
            for _ in range(journeys)
        ]
        kept = {
            name for name in NAMES if 5 * sum(name in one for one in own) >= len(own)
        }
        for left in ("".join(name for name in one if name in kept) for one in own):
            told[shown, left] += bool(left)
            for arc in pairwise(("", *left, "")) if left else ():
                arcs[shown, *arc] += 1
    return +told, arcs
