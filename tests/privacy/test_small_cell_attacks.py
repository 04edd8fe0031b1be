"""What is told of random tables, with all their sums, gives no small count away."""

import random
from collections import Counter
from collections.abc import Mapping

import pytest
from tests.privacy.attacker import Attacker, Terms, each_of
from tests.privacy.drawn_tables import draw_chains, draw_moves, draw_people

from journeymine.small_cells.chains import told_in_level, told_steps
from journeymine.small_cells.flows import END, START, withheld_moves
from journeymine.small_cells.levels import Counts, Withheld, withhold
from journeymine.small_cells.tables import Cell, Table, is_small

TABLES = 55
"""Random tables per test and least count: over 300 in all."""

WHOLE = ("", "all")
SURE = 1e-6

Levels = dict[str, Counter[Cell]]


@pytest.mark.parametrize("least", [3, 5, 10])
def test_no_sum_gives_away_a_small_count_of_categories(least: int) -> None:
    rng = random.Random(least)
    asked = 0
    for _ in range(TABLES):
        whole, levels = _counted(draw_people(rng, least))
        withheld = withhold(Counts(whole, levels), least)
        told = _told(whole, levels, withheld)
        assert not any(is_small(count, least) for count in told.values())
        attacker = _reader_of_categories(told, whole, levels, least)
        small = _small(whole, levels, least)
        for cell in rng.sample(small, min(2, len(small))):
            asked += 1
            assert attacker.doubt({cell: 1.0}) >= least - SURE
            assert asked % 20 or not attacker.is_determined(cell)
    assert asked > TABLES


@pytest.mark.parametrize("least", [3, 10])
def test_no_sum_gives_away_a_small_step_of_a_chain(least: int) -> None:
    rng = random.Random(least)
    asked = 0
    for _ in range(TABLES):
        chains = draw_chains(rng, least)
        whole = [sum(column) for column in zip(*chains.values(), strict=True)]
        places = told_steps(whole, least)
        told = {("all", step): whole[step] for step in places}
        for value, steps in told_in_level(chains, places, least).items():
            told |= {(value, step): chains[value][step] for step in steps}
        attacker = _reader_of_chains(told, chains, len(whole))
        small = _small_steps({**chains, "all": whole}, least)
        for terms in rng.sample(small, min(1, len(small))):
            asked += 1
            assert attacker.doubt(terms) >= least - SURE
    assert asked > TABLES / 2


@pytest.mark.parametrize("least", [3, 10])
def test_no_balance_gives_away_a_small_transition(least: int) -> None:
    rng = random.Random(least)
    asked = 0
    for _ in range(TABLES // 2):
        moves = draw_moves(rng, least)
        names = sorted({name for move in moves for name in move} - {START, END})
        events = {
            name: sum(n for (_, to), n in moves.items() if to == name) for name in names
        }
        known = set(names) - withhold(Counts(events, {}), least).whole
        ends = [(name, moves[START, name], moves[name, END]) for name in names]
        inner = {move: n for move, n in moves.items() if not {START, END} & set(move)}
        withheld = withheld_moves(inner, ends, known, least)
        told = {move: n for move, n in inner.items() if move not in withheld}
        assert not any(is_small(count, least) for count in told.values())
        attacker = Attacker(told)
        for name in sorted(known):
            attacker.sum_is(
                each_of((one, name) for one in (START, *names)), events[name]
            )
            attacker.sum_is(each_of((name, one) for one in (*names, END)), events[name])
        begun = sum(count for (one, _), count in moves.items() if one == START)
        attacker.sum_is(each_of((START, name) for name in names), begun)
        small = sorted(move for move, n in inner.items() if is_small(n, least))
        for move in rng.sample(small, min(1, len(small))):
            asked += 1
            assert attacker.doubt({move: 1.0}) >= least - SURE
    assert asked > TABLES / 4


def _counted(people: list[tuple[str, str, str]]) -> tuple[Counter[str], Levels]:
    return Counter(category for category, *_ in people), {
        "persona": Counter((category, persona) for category, persona, _ in people),
        "device": Counter((category, device) for category, _, device in people),
    }


def _told(
    whole: Mapping[str, int], levels: Mapping[str, Table], withheld: Withheld
) -> dict[tuple[str, str, str], int]:
    told = {
        (*WHOLE, name): count
        for name, count in whole.items()
        if name not in withheld.whole
    }
    return told | {
        (level, value, name): count
        for level, table in levels.items()
        for (name, value), count in table.items()
        if (name, value) not in withheld.levels[level]
    }


def _reader_of_categories(
    told: Mapping[tuple[str, str, str], int],
    whole: Mapping[str, int],
    levels: Levels,
    least: int,
) -> Attacker:
    """Return one who knows every sum but those of values that are of few."""
    attacker = Attacker(told)
    attacker.sum_is(each_of((*WHOLE, name) for name in whole), sum(whole.values()))
    for level, table in levels.items():
        sums: Counter[str] = Counter()
        for (_, value), count in table.items():
            sums[value] += count
        for name in whole:
            terms = each_of((level, value, name) for value in sums)
            attacker.sum_is(terms | {(*WHOLE, name): -1.0}, 0)
        few = {value for value, count in sums.items() if is_small(count, least)}
        many = sorted((n, value) for value, n in sums.items() if n >= least)
        few |= {value for _, value in many[: bool(few)]}
        for value in sums.keys() - few:
            terms = each_of((level, value, name) for name in whole)
            attacker.sum_is(terms, sums[value])
    return attacker


def _small(
    whole: Mapping[str, int], levels: Levels, least: int
) -> list[tuple[str, str, str]]:
    small = [(*WHOLE, name) for name, count in whole.items() if count < least]
    return small + [
        (level, value, name)
        for level, table in levels.items()
        for (name, value), count in table.items()
        if count < least
    ]


def _reader_of_chains(
    told: Mapping[tuple[str, int], int], chains: Mapping[str, list[int]], steps: int
) -> Attacker:
    attacker = Attacker(told)
    for step in range(steps):
        terms = each_of((value, step) for value in chains)
        attacker.sum_is(terms | {("all", step): -1.0}, 0)
    for value in (*chains, "all"):
        for step in range(steps - 1):
            attacker.is_never_below_zero({(value, step): 1.0, (value, step + 1): -1.0})
    return attacker


def _small_steps(chains: Mapping[str, list[int]], least: int) -> list[Terms]:
    """Return the small counts of a chain, and the small losses from step to step."""
    found: list[tuple[Terms, int]] = []
    for value, counts in chains.items():
        found += [({(value, step): 1.0}, count) for step, count in enumerate(counts)]
        found += [
            ({(value, step): 1.0, (value, step + 1): -1.0}, counts[step] - after)
            for step, after in enumerate(counts[1:])
        ]
    return [terms for terms, count in found if is_small(count, least)]
