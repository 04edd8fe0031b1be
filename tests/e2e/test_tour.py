"""The notebook runs on the sample as it is committed, and shows what its text says."""

import json
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from tests.e2e.running import ROOT

FOLDER = ROOT / "notebooks"
TOUR = FOLDER / "tour.ipynb"
TABLE = "text/plain"


def read() -> Any:  # nbformat has no types
    return nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def cells(sample, tmp_path_factory):
    """The cells of the notebook, run on the published sample."""
    notebook = read()
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNEYMINE_OUTPUT", str(sample.output))
        patch.setenv("IPYTHONDIR", str(home))
        place = {"metadata": {"path": str(FOLDER)}}
        NotebookClient(notebook, timeout=120, resources=place).execute()
    return notebook.cells


def outputs_of(cells: list[Any], word: str) -> list[str]:
    """Return what the cell says whose source has a word."""
    (cell,) = [one for one in cells if one.cell_type == "code" and word in one.source]
    return [
        output.data[TABLE] for output in cell.outputs if TABLE in output.get("data", {})
    ]


def test_the_notebook_is_committed_without_outputs():
    for cell in json.loads(TOUR.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_the_notebook_defines_nothing():
    sources = [cell.source for cell in read().cells]
    assert not [one for one in sources if "\ndef " in one or "create " in one.lower()]


def test_every_question_of_the_examples_is_asked_in_it():
    sources = TOUR.read_text("utf-8")
    names = {path.stem for path in (ROOT / "sql" / "examples").glob("*.sql")}
    asked = {name for name in names if f'examples[\\"{name}\\"]' in sources}
    # Where they leave is drawn there from the sums of the states.
    assert names - asked == {"where_do_they_leave"}


def test_every_cell_runs_and_four_draw_a_plot(cells):
    drawn = [
        output
        for cell in cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert len(drawn) == 4


def test_the_failures_on_desktops_are_of_those_who_changed_the_device(cells, sample):
    (table,) = outputs_of(cells, "changed_device")
    (line,) = [line for line in table.splitlines() if " desktop " in line]
    failed, changed = map(int, line.split()[-2:])
    assert changed / failed > 0.9


def test_the_row_counted_again_is_the_row_published(cells):
    (published,) = outputs_of(cells, "row = {")
    (again,) = outputs_of(cells, "figure.sql")
    assert again.splitlines()[1].split() == published.splitlines()[1].split()[:-1]
