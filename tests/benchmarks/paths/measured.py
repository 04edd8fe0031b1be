"""What all tools share: the loop that answers, and what is measured."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Told = Callable[[], dict[str, Any]]
Measure = Callable[[], Told]
"""Does the work; what it returns tells what was found, to be compared."""


def serve(load: Callable[[str], dict[str, Measure]]) -> None:
    """Load the log that the command line names, then answer each line on stdin.

    A line names a measure. The answer holds the seconds it took, on the clock and of
    the CPU, the peak of memory so far in GB, and what was found if that is wanted; the
    first answer is about the loading.
    """
    began = _now()
    measures = load(sys.argv[1])
    _tell(began, dict)
    for line in sys.stdin:
        name, _, wants = line.strip().partition(" ")
        began = _now()
        found = measures[name]()
        _tell(began, found if wants else dict)


def _now() -> tuple[float, float]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), usage.ru_utime + usage.ru_stime


def _tell(began: tuple[float, float], found: Told) -> None:
    seconds, cpu = (now - then for now, then in zip(_now(), began, strict=True))
    status = Path("/proc/self/status").read_text("utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1e6
    told = {"seconds": seconds, "cpu": cpu, "gigabytes": peak, **found()}
    print(json.dumps(told), flush=True)
