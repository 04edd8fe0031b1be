"""`journeymine explain`: how a published figure is counted, and the same again."""

import json

import pytest
from tests.e2e.running import SAMPLE, journeymine

from journeymine.config_privacy import Privacy
from journeymine.errors import QueryError
from journeymine.figures.explain import explain
from journeymine.figures.registry import load_figures
from journeymine.project_file import load_config


@pytest.fixture
def config(sample):
    return load_config(SAMPLE / "journeymine.toml", sample.output)


@pytest.fixture
def explained(sample):
    """Return a function that asks for a figure of the published sample."""

    def ask(*arguments):
        project = ("--project", SAMPLE / "journeymine.toml", "--output", sample.output)
        return journeymine("explain", *arguments, *project)

    return ask


def test_a_figure_is_explained_and_its_query_can_be_run(explained, sample):
    row = "funnel = 'checkout' and step_index = 3 and persona = 'all'"
    told = json.loads(explained("fct_funnel.reached", "--where", row, "--json").stdout)
    value = sample.rows(
        f"select reached from fct_funnel where {row} and segment = 'all'"
    )
    assert [(told["value"],)] == value
    assert told["key"]["segment_value"] == "all"
    assert told["is_same"]
    counts = sample.rows(told["query"])
    assert (
        counts[0][list(load_figures()["fct_funnel"].columns).index("reached")]
        == (told["value"])
    )


def test_people_read_the_value_its_meaning_and_how_it_is_counted(explained):
    lines = explained("fct_activities.ends", "--where", "activity='cart_viewed'").stdout
    assert lines.startswith("figure   fct_activities.ends = ")
    assert "row      persona = all, segment = all, segment_value = all" in lines
    assert "meaning  journeys that end with it" in lines
    assert ": the same, by this query" in lines


def test_without_a_query_the_reason_is_told(config):
    told = explain(config, "fct_conversion.rate_km", None, 60)
    assert "Kaplan and Meier 1958" in told.how
    assert "See docs/conversion.md" in told.how
    assert told.query is None


@pytest.mark.parametrize(
    ("asked", "where", "line"),
    [
        ("fct_funel.reached", None, "no table fct_funel; did you mean fct_funnel?"),
        ("fct_funnel.reachd", None, "no column reachd; did you mean reached?"),
        ("fct_funnel", None, "fct_funnel has no column"),
        ("fct_funnel.reached", "step_index = 99", "no row of fct_funnel matches"),
        ("fct_funnel.reached", "nope = 1", '"nope" not found'),
    ],
)
def test_a_mistake_is_one_line(asked, where, line, config):
    with pytest.raises(QueryError) as raised:
        explain(config, asked, where, 60)
    (told,) = str(raised.value).splitlines()
    assert line in told


def test_where_small_cells_are_withheld_nothing_is_counted_again(config):
    shared = config.model_copy(update={"privacy": Privacy(min_cell=5)})
    told = explain(shared, "fct_activities.events", None, 60)
    assert (told.query, told.counted) == (None, None)
    assert told.how.endswith("counts it again with --restricted.")
