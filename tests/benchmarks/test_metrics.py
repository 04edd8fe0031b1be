"""What the metrics cost, by the sort of the event log: all together, and by part.

Ten million events (`JOURNEYMINE_EVENTS` chooses another number), the log sorted and cut
into journeys and sessions beforehand; then the marts of funnels, conversion, drop-offs,
abandonment, churn, retention and experience are built for the whole, and once more with
a further slice. Both run on the same threads, in processes of their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

EVENTS = int(os.environ.get("JOURNEYMINE_EVENTS", "10_000_000"))
MOST_SORTS = 4
"""All metrics of the whole may cost so many sorts of the log."""
MOST_WHOLES = 1
"""A further slice may cost so many times what the whole costs."""

MEASURE = """
import json, sys
from pathlib import Path
from tests.benchmarks.metrics import measured
print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
"""


def test_all_metrics_cost_at_most_four_sorts_of_the_log(tmp_path: Path) -> None:
    whole, sliced = (_measured(tmp_path, slices) for slices in (1, 2))
    sort = whole.pop("sort")
    sliced.pop("sort")
    print(f"\n{EVENTS:,} events; sorting the log: {sort:.1f} s of CPU")
    for name, seconds in sorted(whole.items(), key=lambda part: -part[1]):
        print(f"{seconds:7.2f} s  {seconds / sort:5.2f} sorts  {name}")
    together, further = sum(whole.values()), sum(sliced.values()) - sum(whole.values())
    print(f"{together:7.2f} s  {together / sort:5.2f} sorts  together, for the whole")
    print(f"{further:7.2f} s  {further / together:5.2f} wholes  a further slice")
    assert together <= MOST_SORTS * sort
    assert further <= MOST_WHOLES * together


def _measured(folder: Path, slices: int) -> dict[str, float]:
    place = folder / str(slices)
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(place), str(EVENTS), str(slices)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (place / "log.duckdb").unlink()
    return dict(json.loads(done.stdout))
