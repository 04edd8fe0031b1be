"""The example of docs/experience.md is what a run makes of it."""

import re
from pathlib import Path

from tests.core.bench import WHOLE, Bench

PAGE = (Path(__file__).parents[2] / "docs" / "experience.md").read_text("utf-8")


def block(kind: str, start: str) -> str:
    """Return a fenced block of the page that begins so."""
    (found,) = re.findall(rf"```{kind}\n({re.escape(start)}.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_example_is_what_a_run_makes_of_it(bench: Bench) -> None:
    bench.set_project(block("toml", "[feedback.csat]"))
    bench.given(stg_events=block("", "customer | activity"))
    table = PAGE[PAGE.index("| level | name |") :].split("\n\n")[0].splitlines()
    columns, _, *told = (line.strip("| ").split(" | ") for line in table)
    found = bench.result_of(
        "fct_experience", *columns, where=f"{WHOLE} and level <> 'stage'"
    )
    assert told == [
        [f"{value:.3f}" if isinstance(value, float) else str(value) for value in row]
        for row in found
    ]
