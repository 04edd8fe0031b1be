"""Drawn tables: what is withheld under [privacy] min_cell, and what goes with it."""

import pytest

from journeymine.config_privacy import Privacy
from journeymine.models import load_models
from journeymine.small_cells.cells import judged
from journeymine.small_cells.chains import told_in_level, told_steps
from journeymine.small_cells.cycles import protected
from journeymine.small_cells.declared import Mart, Part, declared, declared_marts
from journeymine.small_cells.levels import Counts, withhold
from journeymine.small_cells.rows import Row


def test_every_published_table_says_how_it_may_be_shared() -> None:
    marts = {name for name, model in load_models().items() if model.layer == "marts"}
    assert marts - declared_marts().keys() == set()  # name it in declared.toml


def test_every_declaration_is_of_a_table_that_has_its_columns() -> None:
    models = load_models()
    for name, mart in declared_marts().items():
        columns = models[name].columns.keys() | mart.implied.keys()
        parts = [name for part in mart.parts for name in (part.whole, *part.counts)]
        takes = [name for part in mart.parts for name in part.takes]
        named = {*mart.within, *mart.category, *mart.counts, *mart.withheld}
        assert {*named, *parts, *takes} <= columns


def test_a_table_that_is_not_declared_is_sealed() -> None:
    assert declared("fct_of_tomorrow").kind == "sealed"


def test_a_small_cell_takes_a_rectangle_with_it() -> None:
    table = {
        ("a", "x"): 3,
        ("a", "y"): 40,
        ("b", "x"): 50,
        ("b", "y"): 60,
        ("c", "x"): 500,
        ("c", "y"): 700,
    }
    # Alone it would be the sum of its row less the other cell.
    assert protected(table, (), 10) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_a_cell_that_nobody_shows_may_close_the_rectangle() -> None:
    table = {("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 50, ("c", "y"): 700}
    # There is no row for b at y: that is none, or withheld.
    assert protected(table, (), 10) == {("a", "x"), ("a", "y"), ("b", "x")}
    everybody_knows = [("b", "y")]
    assert protected(table, (), 10, everybody_knows) != {
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
    }


def test_nothing_is_withheld_where_no_count_is_small() -> None:
    table = {("a", "x"): 10, ("a", "y"): 0, ("b", "x"): 11}
    assert protected(table, (), 10) == set()


def test_a_small_category_takes_the_next_with_it() -> None:
    counts = Counts({"rare": 4, "some": 30, "most": 900}, {})
    assert withhold(counts, 10).whole == {"rare", "some"}


def test_a_step_that_few_do_not_reach_is_left_out_for_two_values() -> None:
    chains = {"a": [100, 97, 50], "b": [200, 150, 90], "c": [900, 800, 400]}
    whole = [1200, 1047, 540]
    steps = told_steps(whole, 10)
    assert steps == [0, 1, 2]
    assert told_in_level(chains, steps, 10) == {
        "a": [0, 2],  # 3 of 100 left after the first step
        "b": [0, 2],  # else the others' sum would tell
        "c": [0, 1, 2],
    }


def test_rates_go_with_the_counts_that_they_are_of() -> None:
    mart = Mart(
        kind="cells",
        counts=("customers",),
        people="customers",
        parts=(Part(whole="customers", counts=("active",), takes=("rate",)),),
    )
    rows = [
        _row(0, "", "all", customers=100, active=50),
        _row(1, "persona", "p1", customers=40, active=38),  # 2 are not
        _row(2, "persona", "p2", customers=30, active=12),
        _row(3, "persona", "p3", customers=30, active=0),
    ]
    verdict = judged(rows, mart, 10)
    assert verdict.kept == {0, 1, 2, 3}
    assert verdict.emptied["active"] == verdict.emptied["rate"]
    assert verdict.emptied["active"] >= {1, 2}
    assert 0 not in verdict.emptied["active"]


def test_a_cell_follows_the_table_that_it_is_a_part_of() -> None:
    mart = Mart(
        kind="cells",
        within=("activity",),
        category=("touchpoint",),
        counts=("customers",),
        people="customers",
        follows="fct_activities",
    )
    rows = [
        Row(0, "view", "view · web", "", "all", {"customers": 90}),
        Row(1, "view", "view · app", "", "all", {"customers": 60}),
        Row(2, "buy", "buy · web", "", "all", {"customers": 70}),
    ]
    assert judged(rows, mart, 10, {("view", "", "all")}).kept == {0, 1}


@pytest.mark.parametrize("least", [1, 0, -3, 5000])
def test_a_least_count_that_withholds_nothing_or_all_is_refused(least: int) -> None:
    with pytest.raises(ValueError, match="min_cell"):
        Privacy(min_cell=least)


def _row(number: int, level: str, value: str, **counts: int) -> Row:
    return Row(number, "", "", level, value, counts)
