"""A small published log with all that can go wrong in a file, made once per worker."""

import contextlib
import io
import json
import warnings
from collections.abc import Iterator
from types import ModuleType

import pytest
from tests.core.bench import Bench

from journeymine.exports.snapshot import Snapshot
from journeymine.warehouse import connect

PROJECT = """
[project]
name = "Shop & <Sons>"
as_of = 2024-07-01T00:00:00Z

[sources.log]
path = "log.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
attributes = ["order", "cost", "Cost", "late", "due", "note", "touchpoint", "jm:x", "case:city", "case:mood", "concept:name"]
publish_attributes = true

[journey]
case = "case"

[objects]
order = { attribute = "order", qualifier = "pays for" }
object = "note"
"""  # noqa: E501
CUSTOMERS = """
create table dim_customers as
select customer_id, 'p1' as persona, min(occurred_at) as first_at
from fct_events group by customer_id
"""
KINDS = json.dumps({"cost": "float", "Cost": "int", "late": "boolean", "due": "date"})
HOSTILE = "a'b\"c<d>&e;\n\t\r`--é€😀 \x01\x0b\ufffe]]>"
ACTIVITIES = ["pay", "Pay", "pay ", "map_type", "object", HOSTILE, "日本", "x" * 200]


def _row(number: int) -> dict[str, str | None]:
    """Return one event: a few journeys, ties, and values of each kind or none."""
    second = number // 3  # three at a time are tied
    return {
        "source": "log",
        "event_id": f"log:{number}" + (HOSTILE if number % 7 == 0 else ""),
        "identifiers": f"user_id=u{number % 4}",
        "case_id": f"c{number % 5}" + ("<&>" if number % 5 == 0 else ""),
        "source_order": str(number),
        "activity": ACTIVITIES[number % len(ACTIVITIES)],
        "occurred_at": f"2024-05-01 09:00:{second:02}.{(number * 12345) % 10**6:06}",
        "lifecycle": ["start", "complete", "In Progress"][number % 3],
        "resource": "ann" if number % 2 else None,
        "amount": "12.34" if number % 6 == 0 else None,
        "order": f'["o{number % 3}", "o9"]' if number % 4 == 0 else None,
        "cost": "1.50" if number % 3 else "dear",
        "Cost": str(2**62 + number) if number % 2 else None,
        "late": "true" if number % 2 else "false",
        "due": "2024-06-01T10:00:00.123456+02:00",
        "note": HOSTILE if number % 5 == 0 else None,
        "touchpoint": "till",
        "jm:x": "1",
        "case:city": "Köln",
        "case:mood": f"m{number}",
        "concept:name": "taken",
        "@kinds": KINDS,
    }


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The tables that exports read, built from drawn events."""
    rows = [_row(number) for number in range(60)]
    with connect(":memory:", threads=1) as con:
        bench = Bench(con, tmp_path_factory.mktemp("bench"))
        bench.set_project(PROJECT)
        bench.given(
            stg_events={name: [row[name] for row in rows] for name in rows[0]},
            int_personas={"customer_code": [1, 2, 3, 4], "persona": ["p1"] * 4},
        )
        for table in (
            *("fct_events", "fct_event_attributes", "fct_event_objects"),
            *("fct_journeys", "dim_objects"),
        ):
            bench.build(table)
        con.execute(CUSTOMERS)
        yield Snapshot(con, "Shop & <Sons>")


@pytest.fixture(scope="session")
def pm4py() -> ModuleType:
    with quiet():
        found: ModuleType = pytest.importorskip("pm4py")
    return found


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep pm4py's banner and warnings to itself: warnings are errors here."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
