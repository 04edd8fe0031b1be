"""Alignments cost as much as pm4py's, where the expected journey is a Petri net."""

import contextlib
import io
import random
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from journeymine.config_expected import ExpectedJourney
from journeymine.conformance.alignment import align
from journeymine.conformance.automaton import Meaning
from journeymine.conformance.drawing import drawn
from journeymine.conformance.meaning import stated
from journeymine.conformance.paths import Paths, nothing_found

LETTERS = "abcdefg"
PATHS = 100
STATED = (
    (
        ["a", "b", {"any": "c", "rule": "may"}, "d"],
        "->('a', 'b', X('c', tau), 'd')",
    ),
    (
        ["a", {"any": ["b", "c"], "repeat": True}, {"any": ["d", "e"], "rule": "may"}],
        "->('a', *(X('b', 'c'), tau), X('d', 'e', tau))",
    ),
    (
        [{"any": "a", "rule": "may", "repeat": True}, ["b", "a"], "c", "b"],
        "->(X(*('a', tau), tau), X('b', 'a'), 'c', 'b')",
    ),
)
TREES = (
    "->('a', +('b', 'c', ->('d', 'e')), 'f')",
    "->(*('a', 'b'), X('c', ->('d', *('e', 'f')), tau))",
    "+(X('a', 'b'), *('c', tau), ->('d', 'e'))",
    "X(->('a', 'b'), ->('a', 'c', 'd'), *(->('e', 'f'), 'g'))",
)


@pytest.fixture(scope="module")
def pm4py() -> Any:
    if find_spec("pm4py") is None:
        pytest.skip("pm4py is not installed: pip install 'journeymine[mining]'")
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415  slow, and an extra
    return pm4py


def random_paths() -> list[str]:
    rng = random.Random(6)
    return ["".join(rng.choices(LETTERS, k=rng.randint(1, 8))) for _ in range(PATHS)]


def own_costs(meaning: Meaning, paths: list[str]) -> list[tuple[int, int]]:
    """Return cost and worst cost of each path."""
    codes = [[meaning.symbols[one, None] for one in path] for path in paths]
    spans = Paths(
        np.array([code for path in codes for code in path], dtype=np.int64),
        np.cumsum([0, *map(len, codes), 0], dtype=np.int64),
        np.zeros(len(paths) + 1, dtype=np.bool_),
    )
    found = nothing_found(len(paths) + 1, len(meaning.subjects))
    align(spans, meaning.moves, meaning.alphabet, found)
    return [
        (int(cost), len(path) + int(found.cost[-1]))
        for cost, path in zip(found.cost, paths, strict=False)
    ]


def pm4py_costs(pm4py: Any, net: Any, paths: list[str]) -> list[tuple[object, ...]]:
    """Return cost and fitness of each path."""
    log = pd.DataFrame(
        [
            (
                f"{case:04}",
                letter,
                pd.Timestamp("2024-01-01") + pd.Timedelta(minutes=place),
            )
            for case, path in enumerate(paths)
            for place, letter in enumerate(path)
        ],
        columns=["case:concept:name", "concept:name", "time:timestamp"],
    )
    found = pm4py.conformance_diagnostics_alignments(log, *net)
    # Its moves cost 10,000 each, and silent ones 1.
    return [(one["cost"] // 10_000, one["fitness"]) for one in found]


def compare(meaning: Meaning, pm4py: Any, net: Any) -> None:
    paths = random_paths()
    own = own_costs(meaning, paths)
    assert {cost for cost, _ in own} > {2, 3}
    for path, mine, other in zip(
        paths, own, pm4py_costs(pm4py, net, paths), strict=True
    ):
        cost, worst = mine
        assert other == (cost, pytest.approx(1 - cost / worst)), path


@pytest.mark.parametrize(("steps", "tree"), STATED)
@pytest.mark.filterwarnings("ignore")
def test_steps_cost_as_much_as_their_net(
    pm4py: Any, steps: list[object], tree: str
) -> None:
    journey = ExpectedJourney.model_validate({"steps": steps, "others": "inserted"})
    meaning = stated(journey, [(letter, None) for letter in LETTERS], {})
    compare(meaning, pm4py, pm4py.convert_to_petri_net(pm4py.parse_process_tree(tree)))


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.filterwarnings("ignore")
def test_a_bpmn_file_costs_as_much_as_its_net(
    pm4py: Any, tree: str, tmp_path: Path
) -> None:
    path = tmp_path / "expected.bpmn"
    parsed = pm4py.parse_process_tree(tree)
    pm4py.write_bpmn(pm4py.convert_to_bpmn(parsed), str(path), auto_layout=False)
    journey = ExpectedJourney.model_validate({"bpmn": path, "others": "inserted"})
    meaning = drawn(journey, path, [(letter, None) for letter in LETTERS])
    compare(meaning, pm4py, pm4py.convert_to_petri_net(parsed))
