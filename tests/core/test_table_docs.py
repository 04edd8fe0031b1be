"""What is told of the published tables, and that it is told everywhere alike."""

import re
from pathlib import Path

import pytest

from journeymine.models import Model, load_models
from journeymine.plan import build_order
from journeymine.steps import STEPS
from journeymine.table_docs import column_comment, markdown, sources_of, unit_of

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"


def test_the_page_of_tables_is_made_from_the_headers():
    assert DOCS.read_text(encoding="utf-8") == markdown(), "run `make docs`"


def test_a_change_of_a_header_is_missed_on_the_page():
    model = load_models()["fct_churn"]
    changed = model.sql.replace("spells that were open", "spells that stood open")
    assert changed != model.sql
    assert "spells that stood open" not in markdown()


def test_sources_are_tables_of_the_build_or_of_the_settings():
    nodes = {node.name for node in build_order(STEPS)}
    for model in load_models().values():
        for name in sources_of(model):
            assert name in nodes or re.match("(cfg|raw|py)_", name), name


def test_sources_leave_out_comments_texts_and_the_table_itself():
    model = Model(
        "fct_a",
        "marts",
        "-- One row.\n\n-- not int_b\nfrom int_c as fct_a where x = 'int_d'",
    )
    assert sources_of(model) == ["int_c"]


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("started_at", "UTC"),
        ("p50_seconds", "seconds"),
        ("seconds_to_convert_p90", "seconds"),
        ("median_days_between", "days"),
        ("rate_km_low", "0 to 1"),
        ("conversion_rate", "0 to 1"),
        ("share", "0 to 1"),
        ("reached", ""),
        ("separate", ""),
    ],
)
def test_the_name_of_a_column_says_its_unit(column, unit):
    assert unit_of(column) == unit


def test_a_comment_names_the_unit_once():
    assert column_comment("seconds", "time it took") == "time it took [seconds]"
    assert column_comment("first_at", "first event, UTC") == "first event, UTC"
