"""Ten million edges become customers: how long, and how much memory."""

import os
import subprocess
import sys
import time

EDGES = 10_000_000
SECONDS = 15
GIGABYTES = 2

JOIN = """
import sys
import numpy as np
from journeymine.identity import components
edges = int(sys.argv[1])
rng = np.random.default_rng(7)
# As many identifiers as edges: most customers are small, one is a giant.
ends = rng.integers(0, edges, size=(2, edges))
labels = components(ends[0], ends[1], edges)
print(labels.max() + 1, np.bincount(labels).max())
"""

CUT = """
import sys
import numpy as np
from journeymine.identity import components
from journeymine.identity_bridges import Graph, bridges
edges = int(sys.argv[1])
rng = np.random.default_rng(7)
ends = np.unique(np.sort(rng.integers(0, edges, size=(edges, 2))), axis=0)
lefts, rights = ends[ends[:, 0] < ends[:, 1]].T
graph = Graph(lefts, rights, rng.integers(-1, 2, edges))
labels = components(lefts, rights, edges)
print(bridges(graph, labels, np.ones(len(lefts), bool), 50).sum())
"""


def test_ten_million_edges_are_joined_within_their_bounds() -> None:
    seconds, gigabytes = measured(JOIN, EDGES)
    assert seconds < SECONDS
    assert gigabytes < GIGABYTES


def test_the_time_of_cutting_bridges_grows_with_the_edges_alone() -> None:
    few, _ = measured(CUT, EDGES // 20)
    many, _ = measured(CUT, EDGES // 5)
    assert many < 8 * few


def measured(program: str, edges: int) -> tuple[float, float]:
    """Run a program in a process of its own; return its seconds and gigabytes."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", program, str(edges)]) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds, gigabytes = time.perf_counter() - began, usage.ru_maxrss / 1e6
    cpu = usage.ru_utime + usage.ru_stime
    print(f"\n{edges} edges: {seconds:.1f} s, {cpu:.1f} s of CPU, {gigabytes:.2f} GB")
    assert process.returncode == 0
    return seconds, gigabytes
