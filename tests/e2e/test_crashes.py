"""A run that is killed leaves nothing torn, and the next one makes up for it."""

from tests.e2e.crashing import kill_runs

KILLS = 10  # a tenth of what the benchmarks do


def test_killed_runs_lose_nothing_and_readers_see_whole_snapshots(tmp_path):
    counts = kill_runs(tmp_path, KILLS, seed=0)
    assert counts["killed"] > KILLS / 2
    assert counts["read"] > KILLS
