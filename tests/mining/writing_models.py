"""Mine and write the models of a fixed random log: run as a program of its own, too."""

import random
import sys
import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.mining.candidates import candidates, chosen
from journeymine.mining.graphs import Graph, graph_of
from journeymine.mining.process_models import _row
from journeymine.plan import Context

NAMES = ["view", "cart", "pay", "help", "mail"]


def graph(variants: dict[tuple[str, ...], int]) -> Graph:
    """Return the directly-follows graph of variants."""
    arcs: Counter[tuple[str, str]] = Counter()
    for variant, journeys in variants.items():
        for arc in pairwise(("", *variant, "")):
            arcs[arc] += journeys
    arcs.pop(("", ""), None)
    return graph_of(arcs)


def write_models(folder: Path) -> None:
    """Write the files of the models, and what the table says of them."""
    chance = random.Random(7)
    variants = {
        tuple(chance.choices(NAMES, k=chance.randint(1, 7))): 1 for _ in range(40)
    }
    context = Context(duckdb.connect(), Config.model_construct(), {}, folder)
    found = candidates(graph(variants), variants)
    best = chosen(found)
    rows = [_row(context, "p1", one, one is best) for one in found]
    (folder / "rows.txt").write_text("\n".join(map(str, rows)))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    write_models(Path(sys.argv[1]))
