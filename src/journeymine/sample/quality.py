"""Flaws that real exports have: copies, late rows, and rows that are broken."""

import re
from collections.abc import Callable

_TIME = re.compile(r"2024-\d\d-\d\d.\d\d:\d\d:\d\d[^,]*")
_MESSAGE_ID = re.compile(r'"messageId":"[^"]*",')
_TIMESTAMP = re.compile(r'"timestamp":"[^"]*",')

DUPLICATES = 0.005
LATE = 0.006

Damage = Callable[[str, int], str]


def damage_json(line: str, kind: int) -> str:
    """Return a broken copy of a JSON line; the kinds take turns."""
    if kind % 4 == 0:
        return line[: len(line) * 3 // 5]
    if kind % 4 == 1:
        return _MESSAGE_ID.sub("", line)
    if kind % 4 == 2:
        return _TIMESTAMP.sub("", line)
    return _TIMESTAMP.sub('"timestamp":"31/06/2024 25:61",', line)


def damage_csv(line: str, kind: int) -> str:
    """Return a broken copy of a CSV row without quotes; the kinds take turns."""
    if kind % 3 == 0:
        return line.rsplit(",", 1)[0]
    if kind % 3 == 1:
        return f"{line},?"
    return _TIME.sub("2024-06-31 25:61:00", line, count=1)
