"""How alike two records are: the only module that imports Splink, an extra."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import splink.comparison_library as library
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.internals.comparison_creator import ComparisonCreator

from journeymine.config_linkage import Kind, Linkage
from journeymine.linkage_records import columns_of
from journeymine.warehouse import scalar

RANDOM_PAIRS = 2e6
LESSON_PAIRS = 1e6
"""Pairs to learn from: drawn at random, and of each rule."""

START = 0.0001
"""Share of matches that learning starts from; Splink's weights contain its odds."""


def weigh_pairs(
    con: duckdb.DuckDBPyConnection, linkage: Linkage, lessons: list[tuple[str, ...]]
) -> None:
    """Make the table `linkage_pairs`: record_l, record_r, weight.

    One row per pair of `linkage_records` that a rule joins. The weight is the binary
    logarithm of how many times as often such likeness occurs among matches as among
    other pairs: learned from those that agree in one of the lessons.
    """
    # It tells its progress at length.
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI(connection=con)
    linker = Linker(
        database.register("linkage_records"), _settings(linkage), log_level=None
    )
    _learn_others(linker)
    with _one_thread(con):
        _learn_matches(linker, [columns_of(linkage, rule) for rule in lessons])
    weighed = linker.inference.predict().physical_name
    con.execute(
        "create or replace temp table linkage_pairs as"
        " select record_l, record_r, match_weight - log2($start / (1 - $start))"
        f" as weight from {weighed}",
        {"start": START},
    )
    database.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]


def _settings(linkage: Linkage) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        probability_two_random_records_match=START,
        retain_matching_columns=False,
        comparisons=[
            _comparison(kind, f"value_{place}")
            for place, kind in enumerate(linkage.compare.values(), start=1)
        ],
        blocking_rules_to_generate_predictions=[
            block_on(*columns_of(linkage, rule)) for rule in linkage.rules
        ],
    )


def _comparison(kind: Kind, column: str) -> ComparisonCreator:
    """Return degrees of likeness; to share a rare value counts for more."""
    if kind == "date":
        return library.DateOfBirthComparison(column, input_is_string=False)
    if kind == "email":
        return library.EmailComparison(column)
    likeness: ComparisonCreator = (
        library.JaroWinklerAtThresholds(column, [0.92, 0.8])
        if kind == "name"
        else library.LevenshteinAtThresholds(column, [1, 2])
    )
    return likeness.configure(term_frequency_adjustments=True)


def _learn_others(linker: Linker) -> None:
    # In one piece: to stop once enough is seen would depend on what comes first.
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=1, min_count_per_level=None, num_chunks=1
    )


def _learn_matches(linker: Linker, lessons: list[list[str]]) -> None:
    for columns in lessons:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns),
            estimate_without_term_frequencies=True,
            max_pairs=LESSON_PAIRS,
        )


@contextmanager
def _one_thread(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Add fractions in one order, whatever the machine."""
    threads = scalar(con, "select current_setting('threads')")
    con.execute("set threads = 1")
    try:
        yield
    finally:
        con.execute(f"set threads = {threads}")
