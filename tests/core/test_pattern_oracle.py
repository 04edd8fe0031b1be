"""Patterns against a matcher that tries every position of every path."""

import json
import random

import pytest
from tests.core.bench import Bench
from tests.core.plain_matcher import CHANNELS, NAMES, UNNAMED, Drawn, Path, draw

PATHS, PATTERNS = 10_000, 30


@pytest.mark.parametrize("has_channels", [True, False])
def test_patterns_are_found_where_a_plain_matcher_finds_them(
    bench: Bench, has_channels: bool
) -> None:
    rng = random.Random(5)
    names = sorted([*NAMES, *UNNAMED])
    paths: dict[int, Path] = {}
    number = 1
    for _ in range(PATHS):
        # A journey has the number of its first event; one of its events is no step.
        paths[number] = [
            (rng.choice(names), rng.choice([*CHANNELS, "phone"]))
            for _ in range(rng.randrange(8))
        ]
        number += len(paths[number]) + 1
    drawn: list[Drawn] = []
    while len(drawn) < PATTERNS:
        one = draw(rng)
        # Without a channel in any of them, paths are read another way.
        if has_channels or "@" not in one.text:
            drawn.append(one)
    toml = [f"p{n} = {json.dumps(one.text)}" for n, one in enumerate(drawn)]
    bench.set_project("[patterns]\n" + "\n".join(toml))
    _draw_steps(bench, rng, paths)
    bench.build("py_pattern_matches")
    found = bench.con.execute(
        "select pattern, list(journey_code order by journey_code)"
        " from py_pattern_matches inner join int_pattern_paths using (path)"
        " group by pattern"
    ).fetchall()
    truth = {
        f"p{n}": [code for code, path in paths.items() if one.is_in(path)]
        for n, one in enumerate(drawn)
    }
    assert dict(found) == {name: codes for name, codes in truth.items() if codes}
    # The draw is worth something: few patterns find all, or nothing.
    assert sum(0 < len(codes) < PATHS for codes in truth.values()) > PATTERNS / 2


def _draw_steps(bench: Bench, rng: random.Random, paths: dict[int, Path]) -> None:
    names = sorted([*NAMES, *UNNAMED])
    events: list[tuple[int, int, int, str, int | None]] = []
    for code, path in paths.items():
        steps = [
            (code, names.index(activity) + 1, channel, position)
            for position, (activity, channel) in enumerate(path, start=1)
        ]
        rows: list[tuple[int, int, str, int | None]] = [*steps]
        rows.insert(rng.randrange(len(rows) + 1), (code, 1, "web", None))
        events += [(code + place, *row) for place, row in enumerate(rows)]
    middle, last = sorted(paths)[PATHS // 2], len(events)
    rng.shuffle(events)
    bench.given(
        int_activities={
            "activity": names,
            "activity_code": list(range(1, len(names) + 1)),
        },
        int_steps={
            "event_number": [row[0] for row in events],
            "journey_code": [row[1] for row in events],
            "activity_code": [row[2] for row in events],
            "channel": [row[3] for row in events],
            "is_step": [row[4] is not None for row in events],
            "step_position": [row[4] for row in events],
            "is_aftermath": [False] * len(events),
        },
        int_log_rounds={"first_event": [1, middle], "last_event": [middle - 1, last]},
    )
