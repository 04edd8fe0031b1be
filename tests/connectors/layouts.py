"""Tables in the true layout of a system, which lie beside the checkout."""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.core.bench import Bench

from journeymine.balances import BALANCES
from journeymine.warehouse import scalar

ROOT = Path(__file__).parents[2]


def layout(system: str, *names: str) -> dict[str, bytes]:
    """Return the files of a system by name, or skip the test where there are none."""
    told = os.environ.get("JOURNEYMINE_DATA")
    data = Path(told) if told else ROOT.parent / "shared" / "data"
    folder = data / "connector_layouts_fivetran" / system
    if not folder.is_dir():
        pytest.skip(f"no layouts in {folder}: set JOURNEYMINE_DATA to their folder")
    return {name: (folder / name).read_bytes() for name in names}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the records of a CSV file, read by Python's own reader."""
    return list(csv.DictReader(io.StringIO(content.decode())))


def activities_of(bench: Bench) -> Counter[object]:
    """Return how many good events there are of each activity."""
    bench.build("int_events")
    return Counter(
        activity
        for (activity,) in bench.con.execute(
            "select activity from int_events where activity is not null"
        ).fetchall()
    )


def unbalanced(bench: Bench) -> list[str]:
    """Return the laws of conservation that landed and staged records break."""
    bench.build("int_events")
    laws = BALANCES[:1]
    return [law.name for law in laws if scalar(bench.con, law.sql) != 0]


def with_column(content: bytes, column: str, value: str) -> bytes:
    """Return a CSV file, one of its columns set to a value."""
    rows = rows_of(content)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, column: value} for row in rows)
    return out.getvalue().encode()


def tables_of(names: Mapping[str, str]) -> str:
    """Return the lines of a project file that name the file of each table."""
    return "\n".join(f'{table} = "{name}"' for table, name in names.items())


def slug(name: str) -> str:
    """Return a name as activities are called, of plain letters and digits."""
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
