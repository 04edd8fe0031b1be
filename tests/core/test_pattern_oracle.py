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
    paths: dict[int, Path] = {
        code: [
            (rng.choice(names), rng.choice([*CHANNELS, "phone"]))
            for _ in range(rng.randrange(8))
        ]
        for code in range(PATHS)
    }
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
    rows: list[tuple[int, int, str, int | None]] = [
        (code, names.index(activity) + 1, channel, position)
        for code, path in paths.items()
        for position, (activity, channel) in enumerate(path, start=1)
    ]
    # Events that are no steps stand between; a path without steps is empty.
    rows += [(code, 1, "web", None) for code in paths]
    numbers = list(range(len(rows)))
    events = [*zip(numbers, rows, strict=True)]
    rng.shuffle(events)
    bench.given(
        int_activities={
            "activity": names,
            "activity_code": list(range(1, len(names) + 1)),
        },
        int_steps={
            "event_number": [number for number, _ in events],
            "journey_code": [row[0] for _, row in events],
            "activity_code": [row[1] for _, row in events],
            "channel": [row[2] for _, row in events],
            "is_step": [row[3] is not None for _, row in events],
            "step_position": [row[3] for _, row in events],
            "is_aftermath": [False] * len(events),
        },
    )
