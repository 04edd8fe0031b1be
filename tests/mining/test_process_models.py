"""The models of each persona: tried, judged, chosen, written; and never without end."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.bench import Bench, ResultOf
from tests.mining.logs import needs_pm4py
from tests.mining.test_model_tables import draw
from tests.mining.writing_models import graph, write_models

from journeymine.mining import candidates as tried
from journeymine.mining import process_models
from journeymine.mining.alignments import Variant
from journeymine.mining.candidates import (
    MOST_STATES,
    NOISE_THRESHOLDS,
    candidates,
    chosen,
)
from journeymine.mining.graphs import Graph

PATHS = {
    ("p1", "abcd"): 50,
    ("p1", "acbd"): 40,
    ("p1", "abd"): 10,
    ("p2", "ad"): 30,
    ("p2", "aed"): 20,
}
TREES = ("inductive miner on transitions", "inductive miner on variants")


def test_without_pm4py_there_are_no_models(
    bench: Bench, result_of: ResultOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_models, "is_available", lambda: False)
    draw(bench, PATHS)
    assert result_of("fct_process_models", "*") == []


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_each_persona_has_its_models_and_one_is_chosen(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, PATHS)
    rows = result_of("fct_process_models", "persona", "miner", "threshold", "is_chosen")
    assert {row[0] for row in rows} == {"all", "p1", "p2"}
    for persona in ("all", "p1", "p2"):
        own = [row for row in rows if row[0] == persona]
        assert [row[1:3] for row in own if row[1] in TREES] == [
            (miner, threshold) for miner in TREES for threshold in NOISE_THRESHOLDS
        ]
        assert [row[3] for row in own].count(True) == 1
    files = result_of(
        "fct_process_models",
        *("bpmn_file", "pnml_file", "ptml_file", "svg_file"),
        where="is_chosen and persona = 'p1'",
    )
    assert files == [
        tuple(f"models/p1.{kind}" for kind in ("bpmn", "pnml", "ptml", "svg"))
    ]
    named = result_of("fct_process_models", "unnest([bpmn_file, pnml_file, ptml_file])")
    assert all((bench.folder / str(file)).is_file() for (file,) in named if file)


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_what_the_models_are_of_stands_beside_them(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, {("p1", "ab"): 8, ("p1", "abc"): 1})
    assert result_of(
        "fct_process_models",
        *(
            "activities",
            "event_share",
            "transitions",
            "journeys",
            "variants",
            "coverage",
        ),
        where="is_chosen and persona = 'p1'",
    ) == [(2, 18 / 19, 9, 9, 1, 1.0)]


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_the_chosen_model_has_the_best_score_of_the_trees(
    bench: Bench, result_of: ResultOf
) -> None:
    draw(bench, PATHS)
    for persona in ("all", "p1", "p2"):
        rows = result_of(
            "fct_process_models",
            *("score", "is_chosen", "fitness * precision * simplicity"),
            where=f"persona = '{persona}' and miner like 'inductive%'",
        )
        # They come in order of the score.
        assert rows[-1][0] in [row[0] for row in rows if row[1]]
        assert [row[0] for row in rows] == pytest.approx([row[2] for row in rows])


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_parallel_activities_are_found() -> None:
    variants: dict[Variant, int] = {tuple("abcd"): 10, tuple("acbd"): 10}
    best = chosen(candidates(graph(variants), variants))
    assert best is not None
    assert best.tree is not None
    assert [part.kind for part in best.tree.parts] == ["task", "parallel", "task"]
    assert best.quality is not None
    assert (best.quality.fitness, best.quality.precision) == (1.0, 1.0)


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_a_model_of_too_many_states_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tried, "MOST_STATES", 3)
    variants: dict[Variant, int] = {tuple("abcd"): 10, tuple("acbd"): 10}
    found = candidates(graph(variants), variants)
    assert chosen(found) is None
    assert {one.failure for one in found} == {"it can be in more than 3 states"}


def long_tail() -> tuple[Graph, dict[Variant, int]]:
    chance = random.Random(0)
    names = [f"page {number}" for number in range(40)]
    variants = {tuple(chance.choices(names, k=200)): 1 for _ in range(10_000)}
    return graph(variants), dict(list(variants.items())[:500])


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_ten_thousand_unique_variants_of_200_steps_come_to_an_end() -> None:
    found = candidates(*long_tail())
    best = chosen(found)
    assert best is not None
    assert best.quality is not None
    assert len(found) >= 2 * len(NOISE_THRESHOLDS) + 2
    assert MOST_STATES == 1_000


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_hash_seeds_change_no_byte_of_the_models(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_models(here)
    # This process has another seed, a random one.
    subprocess.run(
        [sys.executable, "-m", "tests.mining.writing_models", str(there)],
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    found = [
        {file.name: file.read_bytes() for file in sorted(folder.rglob("*.*"))}
        for folder in (here, there)
    ]
    assert len(found[0]) >= 7
    assert found[0] == found[1]
