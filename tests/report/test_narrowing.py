"""A narrower report tells of one part what the published rows of that part say."""

import re
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import SAMPLE, Published, journeymine
from tests.report.published import columns_of

from journeymine.errors import QueryError
from journeymine.report import write_report
from journeymine.report.narrowing import Part
from journeymine.report.reader import Tables, open_tables

PARTS = {
    "a persona": Part(persona="p2"),
    "a segment": Part(segment="device=mobile"),
    "a month": Part(period="2024-04"),
    "a persona in a month": Part(persona="p1", period="2024-04"),
    "a persona of a segment": Part(persona="p3", segment="channel=email"),
    "a funnel": Part(funnel="first_order"),
}
WRONG = {
    "--persona: there is no p9; there are p1, p2": Part(persona="p9"),
    "--segment device: there is no `=`": Part(segment="device"),
    "--segment: there is no mobil; did you mean mobile?": Part(segment="device=mobil"),
    "--segment: there is no devise; did you mean device?": Part(segment="devise=x"),
    "--period: there is no 2023-04; did you mean 2024-04?": Part(period="2023-04"),
    "--funnel: there is no xy; there are": Part(funnel="xy"),
    "cannot be joined": Part(segment="device=mobile", period="2024-04"),
}
SLICE = {"persona", "segment", "segment_value"}
WHOLE = {"dim_slices", "fct_persona_changes"}
OF_UNITS = {
    *("dim_customers", "fct_answers", "fct_attempts", "fct_churn_risk", "fct_events"),
    *("fct_feedback_texts", "fct_journey_conformance", "fct_journeys"),
    *("fct_predictions", "fct_sessions"),
}
JOURNEYS = "select journey_id from fct_journeys where journey_kind = 'main'"
SUMS = {
    "journeys": (
        f"select count(*) as n from ({JOURNEYS})",
        "select sum(journeys) as n from fct_variants where (persona, segment) = all_",
    ),
    "converted": (
        "select count(*) as n from fct_journeys where outcome = 'converted'",
        "select sum(converted) as n from fct_variants where (persona, segment) = all_",
    ),
}


@pytest.fixture(params=list(PARTS.values()), ids=list(PARTS))
def narrowed(request: pytest.FixtureRequest, sample: Published) -> tuple[Part, Tables]:
    part: Part = request.param
    return part, open_tables(sample.database, part)


def test_every_table_holds_the_rows_of_the_part(
    narrowed: tuple[Part, Tables], sample: Published
) -> None:
    part, tables = narrowed
    with duckdb.connect(str(sample.database), read_only=True) as whole:
        for table, columns in columns_of(sample.database).items():
            if table in OF_UNITS:
                continue
            rule = _rule(part, table, {name for name, _ in columns})
            query = f"select count(*) from {table} where {rule}"
            ((there,),) = whole.execute(query).fetchall()
            (row,) = tables.rows(f"select count(*) as here from {table}")
            assert (table, row.here) == (table, there)


def _rule(part: Part, table: str, columns: set[str]) -> str:
    """Return which rows are of a part, told apart from the code that narrows."""
    name, _, value = (part.segment or f"month={part.period or ''}").partition("=")
    rules = ["true"]
    if part.persona and "persona" in columns and table not in WHOLE:
        also = " or persona = 'all'" if table == "fct_notes" else ""
        rules.append(f"(persona = '{part.persona}'{also})")
    has_all_months = name == "month" and "period_kind" in columns
    if value and columns >= SLICE and not has_all_months:
        rules.append(f"(segment, segment_value) = ('{name}', '{value}')")
    if value and table == "fct_funnel_units":
        rules.append(f"segments['{name}'] = '{value}'")
    if part.funnel and "funnel" in columns:
        rules.append(f"funnel = '{part.funnel}'")
    return " and ".join(rules)


@pytest.mark.parametrize("what", ["journeys", "converted"])
def test_single_journeys_are_those_that_the_counts_are_of(
    narrowed: tuple[Part, Tables], what: str
) -> None:
    _, tables = narrowed
    units, counts = (query.replace("all_", "('all', 'all')") for query in SUMS[what])
    (one,), (other,) = tables.rows(units), tables.rows(counts)
    assert one.n == other.n > 0


@pytest.mark.parametrize("wrong", WRONG.values(), ids=[*map(str, range(len(WRONG)))])
def test_a_part_that_is_not_there_is_refused(sample: Published, wrong: Part) -> None:
    (said,) = (one for one, part in WRONG.items() if part is wrong)
    with pytest.raises(QueryError, match=re.escape(said)):
        open_tables(sample.database, wrong)


def test_a_persona_may_be_called_by_name(sample: Published) -> None:
    ((name,),) = sample.rows(
        "select persona_name from dim_personas where persona = 'p2'"
    )
    by_name, by_key = (
        open_tables(sample.database, Part(persona=asked)).part for asked in (name, "p2")
    )
    assert by_name == by_key
    assert by_key
    assert by_key.label == name


def test_a_page_of_a_part_says_whose_it_is(sample: Published, tmp_path: Path) -> None:
    path = write_report(sample.database, tmp_path, Part(segment="device=mobile"))
    page = path.read_text("utf-8")
    assert path.parent.name == "only-device-mobile"
    assert "Only <bdi>device mobile</bdi>" in page
    ((entered,),) = sample.rows(
        "select entered from fct_funnel where (funnel, persona, step_index)"
        " = ('checkout', 'all', 1) and segment_value = 'mobile'"
    )
    assert f"{entered:,}" in page


def test_a_page_of_a_persona_does_not_say_that_there_are_none(
    sample: Published, tmp_path: Path
) -> None:
    path = write_report(sample.database, tmp_path, Part(persona="p2"))
    page = path.read_text("utf-8")
    assert "One map, of this part." in page
    assert "No groups of customers were found" not in page


def test_a_hostile_value_names_no_other_folder(
    sample: Published, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    hostile = "../../'; drop table x; --"
    tables = columns_of(copy)
    with duckdb.connect(str(copy)) as con:
        for table, columns in tables.items():
            if {name for name, _ in columns} >= SLICE:
                con.execute(
                    f"update {table} set segment_value = $1"
                    " where (segment, segment_value) = ('device', 'mobile')",
                    [hostile],
                )
    path = write_report(copy, tmp_path / "out", Part(segment=f"device={hostile}"))
    assert path.parent.parent == tmp_path / "out"
    assert re.fullmatch(r"[\w-]+", path.parent.name)


def test_where_small_cells_are_withheld_no_part_is_drawn(
    sample: Published, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("create table meta_suppressed (table_name varchar)")
    with pytest.raises(QueryError, match="min_cell"):
        open_tables(copy, Part(persona="p2"))


def test_the_command_says_a_mistake_in_one_line(sample: Published) -> None:
    project = SAMPLE / "journeymine.toml"
    asked = "report", "--project", project, "--output", sample.output
    done = journeymine(*asked, "--funnel", "chekout")
    assert done.returncode == 2
    assert (
        done.stderr
        == "Error: report: --funnel: there is no chekout; did you mean checkout?\n"
    )
