"""CSV from file to landed rows against DuckDB's bare `read_csv`: CPU and memory."""

import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CLEAN_ROWS = 1_000_000
ROWS = 300_000
ROUNDS = 5
MOST_TIMES_DUCKDB = 2.5
LEAST_ROWS_PER_SECOND = 100_000
MOST_GROWTH = 1.1
"""Of the peak memory, where a file is 4 times as large."""

HEADER = b"event_id,customer,at,activity,channel,amount\n"

MEASURED = """
import json, resource, sys
{setup}
before = resource.getrusage(resource.RUSAGE_SELF)
{work}
after = resource.getrusage(resource.RUSAGE_SELF)
spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
print(json.dumps([rows, spent, after.ru_maxrss]))
"""
DUCKDB = MEASURED.format(
    setup="import duckdb; connection = duckdb.connect(config={'threads': 1})",
    work="""
sql = f"create table landed as from read_csv('{sys.argv[1]}')"
connection.execute(sql)
rows = connection.execute("select count(*) from landed").fetchone()[0]
""",
)
LANDING = MEASURED.format(
    setup="""
from pathlib import Path
from tempfile import TemporaryDirectory
from journeymine.config import Config
from journeymine.ingest import land_source
path = Path(sys.argv[1])
columns = {"occurred_at": "at", "activity": "activity"}
source = {"format": "csv", "path": path.name, "columns": columns}
""",
    work="""
with TemporaryDirectory(dir=path.parent) as output:
    (load,) = land_source(Config.model_validate({
        "project": {"name": "bench", "output": output},
        "sources": {"shop": source},
        "folder": path.parent,
    }), "shop")
rows = load.records
""",
)

Values = list[bytes]
Line = Callable[[int, Values], bytes]


def plain(_: int, values: Values) -> bytes:
    return b",".join(values)


def quoted(_: int, values: Values) -> bytes:
    return b'"%b"' % b'","'.join(values)


def multi_line(index: int, values: Values) -> bytes:
    return quoted(index, [*values[:3], b'said ""hi""\nand, left', *values[4:]])


def broken(index: int, values: Values) -> bytes:
    """Return a quoted line; of each 1,000, one opens a quote and never closes it."""
    if index % 1000 != 500:
        return quoted(index, values)
    return plain(index, [*values[:3], b'"open', *values[4:]])


def undecodable(index: int, values: Values) -> bytes:
    return plain(index, values) + (b"\xff" if index % 100 == 50 else "é".encode())


def with_inches(index: int, values: Values) -> bytes:
    return plain(index, [*values[:3], b'5" screen', *values[4:]])


def write(path: Path, rows: int, line: Line) -> Path:
    dice = random.Random(7)
    with path.open("wb") as file:
        file.write(HEADER)
        for index in range(rows):
            values = [
                b"event-%09d" % index,
                b"customer-%d" % dice.randrange(100_000),
                b"2024-%02d-%02dT%02d:%02d:00Z"
                % (index % 12 + 1, index % 28 + 1, index % 24, index % 60),
                dice.choice([b"page_view", b"cart", b"checkout", b"purchase"]),
                dice.choice([b"web", b"app", b"mail"]),
                b"%.2f" % (dice.randrange(99_999) / 100),
            ]
            file.write(line(index, values) + b"\n")
    return path


def measured(code: str, path: Path) -> tuple[int, float, int]:
    """Run code on a file by itself; return rows, seconds of CPU, and peak memory."""
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, seconds, peak = json.loads(done.stdout)
    return rows, seconds, peak


def test_clean_csv_costs_at_most_2_5_times_what_duckdb_needs(tmp_path: Path) -> None:
    path = write(tmp_path / "plain.csv", CLEAN_ROWS, plain)
    ratios = []
    for _ in range(ROUNDS):
        duckdb_rows, duckdb_seconds, _ = measured(DUCKDB, path)
        rows, seconds, _ = measured(LANDING, path)
        assert rows == duckdb_rows == CLEAN_ROWS
        ratios.append(seconds / duckdb_seconds)
        print(
            f"\nlanding {seconds:.2f} s, DuckDB {duckdb_seconds:.2f} s of CPU", end=""
        )
    median = statistics.median(ratios)
    print(f"\n{median:.2f} times DuckDB ({min(ratios):.2f} to {max(ratios):.2f})")
    assert median <= MOST_TIMES_DUCKDB


@pytest.mark.parametrize("line", [quoted, multi_line, broken, undecodable, with_inches])
def test_csv_of_any_kind_is_landed_fast(tmp_path: Path, line: Line) -> None:
    path = write(tmp_path / "shop.csv", ROWS, line)
    speeds = []
    for _ in range(ROUNDS):
        rows, seconds, _ = measured(LANDING, path)
        assert rows == ROWS
        speeds.append(rows / seconds)
    spread = f"{min(speeds):,.0f} to {max(speeds):,.0f}"
    print(f"\n{line.__name__}: {statistics.median(speeds):,.0f} rows/s ({spread})")
    assert statistics.median(speeds) >= LEAST_ROWS_PER_SECOND


@pytest.mark.parametrize("line", [plain, multi_line])
def test_a_larger_file_needs_no_more_memory(tmp_path: Path, line: Line) -> None:
    peaks = []
    for rows in (CLEAN_ROWS, 4 * CLEAN_ROWS):
        path = write(tmp_path / "shop.csv", rows, line)
        _, _, peak = measured(LANDING, path)
        peaks.append(peak)
    print(
        f"\n{line.__name__}: {peaks[0] >> 10} MB, 4 times as large {peaks[1] >> 10} MB"
    )
    assert peaks[1] <= peaks[0] * MOST_GROWTH
