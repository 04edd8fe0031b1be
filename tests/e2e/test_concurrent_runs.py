"""Of many runs at once one publishes; the others end soon, and say why."""

import subprocess
import sys
import time

RUNS = 8
SECONDS = 5


def test_of_eight_runs_at_once_one_publishes(shop):
    before = shop.current
    command = [sys.executable, "-m", "journeymine", "run", "--project", shop.project]
    began = time.perf_counter()
    runs = [
        subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(RUNS)
    ]
    ended: dict[int, float] = {}
    while len(ended) < RUNS:
        for place, run in enumerate(runs):
            if place not in ended and run.poll() is not None:
                ended[place] = time.perf_counter() - began
        time.sleep(0.01)
    said = [run.communicate()[1].decode() for run in runs]
    codes = [run.returncode for run in runs]
    assert sorted(codes) == [0, *[4] * (RUNS - 1)]
    assert shop.current > before
    assert len(list((shop.output / "snapshots").iterdir())) == 2
    for place, code in enumerate(codes):
        if code == 4:
            assert "another run is writing here" in said[place]
