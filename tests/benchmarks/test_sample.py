"""A million generated customers: how long, and how much memory.

A run takes 100,000 customers at the same rate, unless `JOURNEYMINE_BENCH_CUSTOMERS`
says how many: 1000000 takes some minutes, and 1 GB of disk.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

CUSTOMERS = int(os.environ.get("JOURNEYMINE_BENCH_CUSTOMERS", "100000"))
"""About 25 records each."""

SECONDS_PER_MILLION = 600
GIGABYTES = 2
MOST_GROWTH = 1.1
"""How much more memory four times the customers may take."""


def sample(customers: int, output: Path) -> tuple[float, float, float]:
    """Generate by the command line; return seconds, of CPU too, and peak gigabytes."""
    command = [sys.executable, "-m", "journeymine", "sample"]
    command += ["--customers", str(customers), "--output", str(output)]
    began = time.perf_counter()
    with subprocess.Popen(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    assert process.returncode == 0
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6


def test_a_million_customers_take_ten_minutes_and_2_gb_at_most(tmp_path: Path) -> None:
    seconds, cpu, gigabytes = sample(CUSTOMERS, tmp_path)
    bound = SECONDS_PER_MILLION * CUSTOMERS / 1_000_000
    print(f"\n{CUSTOMERS:,} customers")
    print(f"{seconds:.0f} s of {bound:.0f}, {cpu:.0f} s of CPU")
    print(f"{CUSTOMERS / seconds:,.0f} customers per s, {gigabytes:.2f} GB")
    written = sum(path.stat().st_size for path in tmp_path.rglob("*.*"))
    print(f"{written / 1e9:.2f} GB written")
    assert gigabytes < GIGABYTES
    assert seconds < bound


def test_memory_does_not_grow_with_the_customers(tmp_path: Path) -> None:
    peaks = [sample(customers, tmp_path)[2] for customers in (20_000, 80_000)]
    print(f"\n{peaks[0]:.3f} GB, and {peaks[1]:.3f} GB for four times as many")
    assert peaks[1] <= MOST_GROWTH * peaks[0]
