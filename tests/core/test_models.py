"""Every SQL model keeps the conventions, whatever it computes."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from journeymine.build import build
from journeymine.connectors import load_connectors
from journeymine.ingest import land_source, read_landed
from journeymine.models import PREFIXES, ROUND_MODELS, Model, load_models
from journeymine.plan import build_order
from journeymine.project_file import load_config
from journeymine.raw import no_records
from journeymine.sample import generate
from journeymine.staging import idle_models
from journeymine.steps import STEPS
from journeymine.warehouse import build_model, connect

MODELS = load_models()
CUSTOMERS = 150
READABLE = {
    # What a layer may read beside its own: the layer above, settings, Python's tables.
    "staging": ("raw_", "cfg_", "stg_"),
    "intermediate": ("stg_", "int_", "cfg_", "py_"),
    "marts": ("int_", "dim_", "fct_", "meta_", "cfg_", "py_"),
}
ABOUT_FILES = (
    "int_rejected",
    "meta_conflicts",
    "meta_contracts",
    "meta_loads",
    "meta_quarantine",
)
"""Models that describe files, and so read what ingest counted."""

EMPTY = (
    "dim_objects",
    "fct_churn_risk",
    "fct_churn_risk_calibration",
    "fct_churn_risk_quality",
    "fct_event_attributes",
    "fct_event_objects",
    "fct_attribution",
    "fct_attribution_paths",
    "fct_comparison_summary",
    "fct_comparison_totals",
    "fct_comparison_variants",
    "fct_comparisons",
    "fct_conformance",
    "fct_deviations",
    "fct_expected_variants",
    "fct_drift",
    "fct_drivers",
    "fct_funnel_dialects",
    "fct_identity_audit",
    "fct_journey_conformance",
    "fct_persona_changes",
    "fct_persona_offers",
    "fct_prediction_calibration",
    "fct_prediction_quality",
    "fct_predictions",
    "fct_process_models",
    "meta_conflicts",
    "meta_contracts",
    "meta_times",
    "meta_unmatched",
)
"""Marts without rows in the sample: it is in order and its stages name all, or
the extra `mining` is absent."""

each_model = pytest.mark.parametrize(
    "model", [pytest.param(model, id=name) for name, model in MODELS.items()]
)
each_mart = pytest.mark.parametrize(
    "model",
    [
        pytest.param(model, id=name)
        for name, model in MODELS.items()
        if model.layer == "marts"
    ],
)


def build_sample(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write a small sample into a folder, and build all its tables."""
    generate(CUSTOMERS, 3, folder)
    config = load_config(folder / "journeymine.toml", folder / "build")
    for name in config.sources:
        land_source(config, name)
    landing = config.output / "landing"
    landed = {name: read_landed(landing, name) for name in config.sources}
    build(con, config, landed, folder, lambda name, place, nodes: None)
    for connector in load_connectors().values():
        for table in connector.tables.values():
            view = f"create view if not exists {table.view} as {no_records(table)}"
            con.execute(view)
    for name in sorted(idle_models(config)):
        build_model(con, MODELS[name], {})


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build a small sample once, and yield its database."""
    with connect(":memory:") as con:
        build_sample(con, tmp_path_factory.mktemp("sample"))
        yield con


def described(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [str(row[0]) for row in con.execute(f"describe {table}").fetchall()]


def tables_read(model: Model) -> set[str]:
    """Return the tables that a query reads, its own CTEs aside."""
    read = set(re.findall(r"\b(?:from|join)\s+(?!lateral)(\w+)", model.code))
    return read - set(re.findall(r"\b(\w+) as \(", model.code))


@each_model
def test_a_model_has_the_prefix_of_its_layer(model: Model) -> None:
    assert model.name.startswith(PREFIXES[model.layer])


@each_model
def test_a_model_reads_its_own_layer_and_the_one_above(model: Model) -> None:
    allowed = READABLE[model.layer]
    if model.name in ABOUT_FILES:
        allowed = (*allowed, "raw_", "stg_")
    assert [one for one in tables_read(model) if not one.startswith(allowed)] == []


@each_model
def test_the_header_documents_exactly_the_columns(
    model: Model, built: duckdb.DuckDBPyConnection
) -> None:
    assert list(model.columns) == described(built, model.name)


@each_model
def test_the_header_says_what_a_row_is(model: Model) -> None:
    assert re.fullmatch(r"[A-Z].+\.", model.description)
    assert re.search(r"\n key: .+\n\n", model.header)


@each_model
def test_the_key_is_one(model: Model, built: duckdb.DuckDBPyConnection) -> None:
    assert model.key
    assert set(model.key) <= set(model.columns)
    if model.name in ROUND_MODELS:
        return  # the tables of the rounds are passed on, not kept
    missing = " or ".join(f"{column} is null" for column in model.key)
    shared = f"count(*) - count(distinct ({', '.join(model.key)}))"
    assert built.execute(
        f"select count(*) filter (where {missing}), {shared} from {model.name}"
    ).fetchone() == (0, 0)


@each_mart
def test_a_mart_has_rows_in_the_sample(
    model: Model, built: duckdb.DuckDBPyConnection
) -> None:
    if model.name not in EMPTY:
        found = built.execute(f"select count(*) from {model.name}").fetchone()
        assert found != (0,)


@each_mart
def test_a_mart_ends_in_a_total_order(
    model: Model, built: duckdb.DuckDBPyConnection
) -> None:
    order = re.search(r"\norder by\s+([^()]+)$", model.code)
    assert order, "no order by at the end"
    names = [re.sub(r".*\.| desc", "", one.strip()) for one in order[1].split(",")]
    if set(names) <= set(model.columns):
        rows, orders = built.execute(
            f"select count(*), count(distinct ({', '.join(names)})) from {model.name}"
        ).fetchall()[0]
        assert rows == orders


@each_model
def test_no_clock_and_no_chance_reaches_a_table(model: Model) -> None:
    code = model.code.lower()
    assert not re.search(
        r"\b(now|random|uuid|gen_random_uuid|get_current_timestamp|today)\s*\(", code
    )
    assert not re.search(r"\b(current_date|current_timestamp|localtime\w*)\b", code)


@each_model
def test_a_join_says_which_and_on_what(model: Model) -> None:
    code = re.sub(r"'[^']*'", "''", model.code)
    joins = re.findall(r"(\w+) join\b", code)
    assert set(joins) <= {"inner", "left", "full", "cross", "semi", "anti"}
    assert not re.search(r"\busing\b", code)
    # Every join but a cross join has its own `on`.
    assert len(re.findall(r"\bon\b", code)) == len([j for j in joins if j != "cross"])
    assert not re.search(r"\bfrom\s+\w+(\s+as\s+\w+)?\s*,", code)


@each_model
def test_a_list_states_its_order(model: Model) -> None:
    lists = re.findall(r"\blist\(((?:[^()]|\([^()]*\))*)\)", model.code)
    assert all("order by" in one for one in lists)


def test_every_node_stands_after_all_that_it_reads() -> None:
    order = [node.name for node in build_order(STEPS)]
    assert len(order) == len(set(order))
    for name, model in MODELS.items():
        if name in ROUND_MODELS:
            continue
        read = [one for one in order if one != name and one in tables_read(model)]
        assert all(order.index(one) < order.index(name) for one in read)


def test_two_builds_are_equal_whatever_the_threads(
    built: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with connect(":memory:", threads=1) as con:
        build_sample(con, tmp_path)
        for name, model in MODELS.items():
            if model.layer == "marts":
                one = built.execute(f"from {name}").fetchall()
                assert con.execute(f"from {name}").fetchall() == one, name
