"""Random people, funnels and paths, with small counts among large ones."""

import random
from collections import Counter

from journeymine.small_cells.flows import END, START
from journeymine.small_cells.tables import Cell


def draw_people(rng: random.Random, least: int) -> list[tuple[str, str, str]]:
    """Draw people with a category and two attributes that hang together."""
    weights = [rng.random() ** 3 + 0.01 for _ in range(rng.randint(1, 6))]
    found = []
    for _ in range(rng.randint(least, 14 * least)):
        category = rng.choices(range(len(weights)), weights)[0]
        persona = rng.choices(range(4), [8, 4, 2, 0.2 + category])[0]
        device = rng.choices(range(3), [6, 2, 0.3])[0]
        found.append((f"c{category}", f"p{persona}", f"d{device}"))
    return found


def draw_chains(rng: random.Random, least: int) -> dict[str, list[int]]:
    """Draw for some values how many reach each step: some lose none, some a few."""
    chains = {}
    steps = rng.randint(2, 5)
    for value in range(rng.randint(1, 5)):
        counts = [rng.randint(0, 20 * least)]
        for _ in range(steps - 1):
            lost = rng.choice([0, rng.randint(0, least), rng.randint(0, counts[-1])])
            counts.append(max(0, counts[-1] - lost))
        chains[f"v{value}"] = counts
    return chains


def draw_moves(rng: random.Random, least: int) -> Counter[Cell]:
    names = [f"a{index}" for index in range(rng.randint(2, 7))]
    weights = [rng.random() ** 2 + 0.02 for _ in names]
    moves: Counter[Cell] = Counter()
    for _ in range(rng.randint(2 * least, 20 * least)):
        path = rng.choices(names, weights, k=rng.randint(1, 5))
        moves.update(zip([START, *path], [*path, END], strict=True))
    return moves
