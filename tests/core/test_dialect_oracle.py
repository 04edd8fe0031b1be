"""Funnels by the rules of other systems, against plain Python and ClickHouse itself."""

import json
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.core.bench import Bench
from tests.core.dialect_funnels import (
    US,
    WINDOW,
    Variant,
    clickhouse,
    mixpanel,
    posthog,
    project,
    random_units,
    table,
)
from tests.core.dialect_oracles import expected

from journeymine.warehouse import connect

FUNNELS = {"posthog": posthog(), "mixpanel": mixpanel(), "clickhouse": clickhouse()}
UNITS = [f"u{number:05}" for number in range(10_000)]
EVENTS = random_units(1, UNITS)
PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
CHDB = """
import sys
from chdb import query
print(query(sys.stdin.read(), "JSONCompact"))
"""


@pytest.fixture(scope="module")
def con(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build all funnels on one table of events, and yield its database."""
    with connect(":memory:", threads=1) as con:
        bench = Bench(con, tmp_path_factory.mktemp("dialects"))
        bench.set_project(project([*chain.from_iterable(FUNNELS.values())]))
        bench.given(stg_events=table(EVENTS))
        bench.build("py_funnel_units")
        yield con


def depths(con: duckdb.DuckDBPyConnection, dialect: str) -> dict[object, list[int]]:
    """Return the depths of the rows of each funnel and unit."""
    rows = con.execute(
        """
        select
            (py_funnel_units.funnel, split_part(identifiers, '=', 2)),
            list(py_funnel_units.depth order by attempt_index)
        from py_funnel_units
        inner join cfg_funnels on py_funnel_units.funnel = cfg_funnels.funnel
        inner join int_set_customers on unit_code = customer_code
        where dialect = $dialect
        group by all
        """,
        {"dialect": dialect},
    ).fetchall()
    return dict(rows)


@pytest.mark.parametrize("dialect", FUNNELS)
def test_a_dialect_counts_as_its_documentation_says(
    dialect: str, con: duckdb.DuckDBPyConnection
) -> None:
    found, funnels = depths(con, dialect), FUNNELS[dialect]
    for place, unit in enumerate(UNITS):
        # Each unit goes through one of the funnels.
        variant = funnels[place % len(funnels)]
        truth = expected(variant, EVENTS[unit])
        assert found.get((variant.name, unit), []) == truth, (variant, EVENTS[unit])


def test_a_funnel_reaches_what_windowfunnel_returns(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    if not PEERS.exists():
        pytest.skip("chDB is not there: `make bench` installs it")
    path = tmp_path / "events.parquet"
    rows = [(unit, one) for unit, events in EVENTS.items() for one in events]
    columns = {
        "unit": [unit for unit, _ in rows],
        "second": [event.us // US for _, event in rows],
        "activity": [event.activity for _, event in rows],
    }
    parquet.write_table(pa.table(columns), path)
    found, funnels = depths(con, "clickhouse"), FUNNELS["clickhouse"]
    query = ", ".join(map(windowfunnel, funnels))
    done = subprocess.run(
        [PEERS, "-c", CHDB],
        input=f"select unit, {query} from file('{path}', Parquet) group by unit",
        capture_output=True,
        text=True,
        check=True,
    )
    levels = json.loads(done.stdout)["data"]
    assert len(levels) == len(UNITS)
    for unit, *of_funnels in levels:
        for variant, level in zip(funnels, of_funnels, strict=True):
            mine = found.get((variant.name, unit), [0])
            assert mine == [level], (variant, EVENTS[unit])


def windowfunnel(variant: Variant) -> str:
    modes = list(variant.modes)
    modes += ["strict_order"] if variant.mode == "direct" else []
    modes += ["strict_increase"] if variant.is_strict else []
    options = ", ".join([str(WINDOW), *(f"'{mode}'" for mode in modes)])
    conditions = ", ".join(
        f"activity in ({', '.join(map(repr, step))})" for step in variant.steps
    )
    return f"windowFunnel({options})(toUInt64(second), {conditions})"
