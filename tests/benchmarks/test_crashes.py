"""A hundred runs killed at random moments: what the tests do ten times."""

from pathlib import Path

from tests.e2e.crashing import kill_runs

KILLS = 100


def test_a_hundred_killed_runs_lose_nothing(tmp_path: Path) -> None:
    counts = kill_runs(tmp_path, KILLS, seed=1)
    print(f"\n{counts}")
    assert counts["killed"] >= 0.9 * KILLS
