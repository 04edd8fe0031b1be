"""A persona stays what it was: its number and its name outlast the run."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from tests.core.planted import Log, fitted, noise, tastes

from journeymine.personas.counts import Labels
from journeymine.personas.kmeans import assigned
from journeymine.personas.matching import Change, match
from journeymine.personas.model import MODEL, Model, read_model, write_model
from journeymine.personas.scaling import vectors_of


def personas_of(log: Log, model: Model) -> list[str]:
    labels = assigned(vectors_of(log.counts, model.scaling), model.centroids)
    return [model.personas[label] for label in labels]


def part(log: Log, rows: Labels) -> Log:
    return replace(log, counts=log.counts.of(rows))


def renamed(model: Model) -> Model:
    """Return the model with other numbers, as if it came from a long line of runs."""
    return replace(model, personas=["p7", "p2", "p9"], names=list("abc"), last_number=9)


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model, _ = fitted(tastes(1, 400)[0])
    write_model(model, tmp_path)
    found = read_model(tmp_path)
    assert found is not None
    write_model(found, tmp_path / "again")
    assert (tmp_path / MODEL).read_bytes() == (tmp_path / "again" / MODEL).read_bytes()
    assert read_model(tmp_path / "elsewhere") is None


def test_the_same_customers_keep_persona_and_name_and_nothing_changes() -> None:
    log, _ = tastes(1, 400)
    former = renamed(fitted(log)[0])
    model, changes = fitted(log, former)
    assert changes == []
    assert (model.personas, model.names) == (former.personas, former.names)
    assert (model.centroids == former.centroids).all()


def test_with_a_twentieth_of_new_customers_nearly_all_keep_their_persona() -> None:
    log, _ = tastes(2, 2000)
    old = part(log, np.arange(1900))
    former = renamed(fitted(old)[0])
    model, changes = fitted(log, former)
    before, now = personas_of(old, former), personas_of(old, model)
    assert changes == []
    assert (
        np.mean([one == other for one, other in zip(before, now, strict=True)]) > 0.95
    )


def test_a_persona_that_is_gone_died_and_one_that_is_new_was_born() -> None:
    log, truth = tastes(3, 900)
    two = part(log, np.flatnonzero(truth < 2))
    former, _ = fitted(log)
    fewer, deaths = fitted(two, former)
    assert fewer.personas == ["p1", "p2"]
    assert deaths == [Change("death", "p3", None, deaths[0].customers)]
    more, births = fitted(log, fewer)
    assert more.personas == ["p1", "p2", "p4"]
    assert [birth.persona for birth in births] == ["p4"]


def test_halves_of_a_persona_are_split_from_it_and_merge_again() -> None:
    log, _ = tastes(1, 400)
    whole, _ = fitted(log)
    labels = assigned(vectors_of(log.counts, whole.scaling), whole.centroids)
    halves = np.where((labels == 0) & (np.arange(400) % 3 == 0), 3, labels)
    matched = match(log.counts, halves, 4, whole)
    size = int((halves == 3).sum())
    assert matched.personas == ["p1", "p2", "p3", "p4"]
    assert matched.changes == [Change("split", "p4", "p1", size)]
    apart = replace(
        whole,
        centroids=np.vstack([whole.centroids, whole.centroids[0] + 0.5]),
        personas=matched.personas,
        radii=[*whole.radii, whole.radii[0]],
        last_number=4,
    )
    back = match(log.counts, labels, 3, apart)
    assert back.personas == ["p1", "p2", "p3"]
    assert [change.persona for change in back.changes] == ["p4"]


def test_numbers_are_not_given_again_after_a_run_without_structure() -> None:
    former, _ = fitted(tastes(1, 400)[0])
    nothing, deaths = fitted(noise(1, 400), former)
    assert nothing.personas == []
    assert {change.persona for change in deaths} == {"p1", "p2", "p3"}
    model, _ = fitted(tastes(1, 400)[0], nothing)
    assert model.personas == ["p4", "p5", "p6"]
