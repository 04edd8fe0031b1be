"""The examples of docs/lifecycle.md are what comes out."""

import re
from pathlib import Path

import pytest
from tests.core.bench import Bench
from tests.core.drawing import cells

PAGE = Path(__file__).parents[2] / "docs/lifecycle.md"
CUSTOMERS = """
create or replace view fct_spells_named as
select
    split_part(identifiers, '=', 2) as customer,
    fct_spells.*
from fct_spells
inner join (select distinct customer_id, identifiers from int_set_customers)
    using (customer_id)
"""


def examples() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return project file, events, and queries with their results."""
    found: list[tuple[str, str, list[tuple[str, str]]]] = []
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    for (kind, text), (_, result) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "toml":
            found.append((text, result, []))
        elif kind == "sql":
            found[-1][2].append((text, result))
    return found


@pytest.mark.parametrize("number", range(4))
def test_an_example_of_the_page_is_what_comes_out(number: int, bench: Bench) -> None:
    project, events, queries = examples()[number]
    bench.set_project(project)
    bench.given(stg_events=events)
    assert queries
    for query, result in queries:
        table = re.findall(r"from (\w+)", query)[0]
        bench.build(table)
        if "customer," in query:
            bench.con.execute(CUSTOMERS)
            query = query.replace("fct_spells", "fct_spells_named")
        drawn = cells(result)
        found = bench.con.execute(query)
        assert [column[0] for column in found.description or []] == list(drawn)
        assert [tuple(map(written, row)) for row in found.fetchall()] == list(
            zip(*drawn.values(), strict=True)
        )


def test_the_page_has_no_other_examples() -> None:
    assert len(examples()) == 4


def written(value: object) -> str | None:
    """Return a value as the page writes it: times to the minute."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value).removesuffix(":00+00:00")
    return None if value is None else text
