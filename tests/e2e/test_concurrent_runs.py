"""Of many runs at once one publishes; the others end soon, and say why."""

from tests.e2e.forks import Fork

RUNS = 8


def test_of_eight_runs_at_once_one_publishes(shop):
    before = shop.current
    runs = [Fork("run", "--project", shop.project) for _ in range(RUNS)]
    ended = [run.ended() for run in runs]
    assert sorted(run.returncode for run in ended) == [0, *[4] * (RUNS - 1)]
    assert shop.current > before
    assert len(list((shop.output / "snapshots").iterdir())) == 2
    for run in ended:
        if run.returncode == 4:
            assert b"another run is writing here" in run.stderr
