"""The examples of docs/patterns.md are what comes out."""

import re
from pathlib import Path

from tests.core.bench import Bench
from tests.core.drawing import cells

from journeymine.patterns.language import parse

PAGE = (Path(__file__).parents[2] / "docs" / "patterns.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_example_of_the_page_is_what_comes_out(bench: Bench) -> None:
    (events,) = (text for kind, text in BLOCKS if kind == "events")
    (query,) = (text for kind, text in BLOCKS if kind == "sql")
    (result,) = (text for kind, text in BLOCKS if kind == "result")
    bench.set_project("".join(text for kind, text in BLOCKS if kind == "toml"))
    bench.given(stg_events=events)
    bench.build("fct_anchored_paths")
    found = bench.con.execute(query).fetchall()
    assert [tuple(map(str, row)) for row in found] == list(
        zip(*cells(result).values(), strict=True)
    )


def test_every_form_of_the_page_can_be_written() -> None:
    rows = re.findall(r"^\| (`.*?) \| ", PAGE, re.MULTILINE)
    forms = [
        form.replace("\\|", "|")
        for row in rows
        for form in re.findall("`([^`]+)`", row)
    ]
    assert len(forms) > 15
    for form in forms:
        parse(form)
