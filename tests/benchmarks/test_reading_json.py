"""JSON lines to landed rows: CPU beside that of DuckDB's own reader, and memory."""

import gzip
import json
import random
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROWS = 500_000
REPETITIONS = 5
MOST_RATIO = 3
MOST_MEMORY = 1.1
"""How much more a file of four times the size may take."""

LAND = """
import resource, sys
from pathlib import Path
from journeymine.config import Config
from journeymine.ingest import land_source

folder, file, rows = sys.argv[1:]
columns = {"occurred_at": "timestamp", "activity": "type"}
config = Config.model_validate({
    "project": {"name": "t", "output": "out"},
    "sources": {"web": {"format": "jsonl", "path": file, "columns": columns}},
    "folder": Path(folder),
})
before = resource.getrusage(resource.RUSAGE_SELF)
(load,) = land_source(config, "web")
after = resource.getrusage(resource.RUSAGE_SELF)
assert (load.records, load.quarantined) == (int(rows), 0)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
print(after.ru_maxrss / 1024)
"""

READ = """
import resource, sys
import duckdb

path, rows = sys.argv[1:]
before = resource.getrusage(resource.RUSAGE_SELF)
with duckdb.connect(config={"threads": 1}) as con:
    read = f"from read_json('{path}', format = 'newline_delimited')"
    con.execute(f"create table landed as {read}")
    assert con.execute("select count(*) from landed").fetchall() == [(int(rows),)]
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
"""


def event(dice: random.Random, number: int) -> str:
    """Return an event as Segment sends it, about 250 bytes."""
    day, hour, minute = dice.randint(1, 28), dice.randrange(24), dice.randrange(60)
    sent: dict[str, object] = {
        "messageId": f"m-{number:08x}",
        "anonymousId": f"a-{dice.randrange(1 << 20):06x}",
        "timestamp": f"2025-01-{day:02}T{hour:02}:{minute:02}:00.000Z",
    }
    page = {"path": dice.choice(["/", "/shop", "/cart"]), "referrer": "https://x.org/"}
    if number % 3:
        sent |= {"type": "page", "context": {"page": page, "ip": "10.0.0.1"}}
        sent |= {"properties": {"device": dice.choice(["mobile", "desktop"])}}
    else:
        total = dice.randrange(10_000) / 100
        order = {"total": total, "currency": "EUR", "order_id": f"o-{number}"}
        sent |= {"type": "track", "event": "Order Completed", "properties": order}
        sent |= {"userId": f"u-{dice.randrange(50_000)}", "context": {"page": page}}
    return json.dumps(sent)


def write_events(path: Path, rows: int) -> None:
    dice = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(event(dice, number) + "\n" for number in range(rows))


def figures(code: str, *arguments: str | int) -> list[float]:
    """Run code in a process of its own, and return the numbers that it prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.splitlines()]


def land(folder: Path, file: str, rows: int) -> list[float]:
    """Land a file; return the seconds of CPU, and the peak in megabytes."""
    try:
        return figures(LAND, str(folder), file, rows)
    finally:
        shutil.rmtree(folder / "out", ignore_errors=True)


def test_landing_takes_at_most_three_times_what_duckdb_takes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_events(path, ROWS)
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes(), 6))
    seconds: dict[str, list[float]] = {"duckdb": [], "plain": [], "gzip": []}
    for _ in range(REPETITIONS):
        seconds["duckdb"] += figures(READ, str(path), ROWS)
        seconds["plain"] += land(tmp_path, path.name, ROWS)[:1]
        seconds["gzip"] += land(tmp_path, packed.name, ROWS)[:1]
    ratios = {name: _ratios(seconds, name) for name in ("plain", "gzip")}
    print(f"\n{ROWS} rows, {path.stat().st_size / 1e6:.0f} MB")
    for name, found in ratios.items():
        middle = statistics.median(found)
        rate = ROWS / statistics.median(seconds[name])
        spread = f"{min(found):.2f} to {max(found):.2f}"
        print(f"{name}: {middle:.2f} times DuckDB ({spread}), {rate:,.0f} rows per s")
    assert statistics.median(ratios["plain"]) <= MOST_RATIO


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for rows in (ROWS, 4 * ROWS):
        write_events(tmp_path / "a.jsonl", rows)
        peaks.append(land(tmp_path, "a.jsonl", rows)[1])
    print(f"\n{peaks[0]:.0f} MB, and {peaks[1]:.0f} MB for four times as much")
    assert peaks[1] < MOST_MEMORY * peaks[0]


def _ratios(seconds: dict[str, list[float]], name: str) -> list[float]:
    pairs = zip(seconds[name], seconds["duckdb"], strict=True)
    return [landed / read for landed, read in pairs]
