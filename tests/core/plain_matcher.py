"""Random patterns, and what they mean: tried on every position of a path by hand.

It shares nothing with the product: a pattern is drawn together with its text, so the
parser is judged too.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Step = tuple[str, str]
"""Activity and channel."""
Path = Sequence[Step]
Places = frozenset[int]
Follow = Callable[[Path, Places], Places]
"""From the places before a part to those that can be after it."""

NAMES = {"a": "a", "b": "b", "Add to cart": '"Add to cart"', 'x".*': '"x"".*"'}
CHANNELS = ("web", "app")
UNNAMED = ("z", "->")
REPEATS = (
    (0, 99, "*"),
    (1, 99, "+"),
    (0, 1, "?"),
    (2, 2, "{2}"),
    (1, 99, "{1,}"),
    (0, 2, "{0,2}"),
    (1, 3, "{1, 3}"),
)


@dataclass(frozen=True)
class Drawn:
    """A pattern as a user writes it, and what it means."""

    text: str
    follow: Follow

    def is_in(self, path: Path) -> bool:
        return bool(self.follow(path, frozenset(range(len(path) + 1))))


def draw(rng: random.Random, depth: int = 2) -> Drawn:
    """Draw a sequence of parts, rarely with edges."""
    parts = [_item(rng, depth) for _ in range(rng.randint(1, 4))]
    text, follows = parts[0].text, [parts[0].follow]
    for part in parts[1:]:
        if rng.random() < 0.3:
            follows.append(_anything)
            text += " ... "
        else:
            text += rng.choice([" -> ", "->"])
        text += part.text
        follows.append(part.follow)
    if rng.random() < 0.2:
        text, follows = "^ " + text, [_start, *follows]
    if rng.random() < 0.2:
        text, follows = text + rng.choice([" $", " -> $"]), [*follows, _end]
    return Drawn(text, _in_turn(follows))


def _item(rng: random.Random, depth: int) -> Drawn:
    if depth and rng.random() < 0.3:
        options = [draw(rng, depth - 1) for _ in range(rng.randint(1, 3))]
        text = f"({' | '.join(one.text for one in options)})"
        one = Drawn(text, _either([option.follow for option in options]))
    else:
        written, is_so = _test(rng)
        one = Drawn(written, _step(is_so))
    if rng.random() < 0.6:
        return one
    least, most, sign = rng.choice(REPEATS)
    return Drawn(one.text + sign, _repeated(one.follow, least, most))


def _test(rng: random.Random) -> tuple[str, Callable[[Step], bool]]:
    kind = rng.randrange(8)
    name, channel = rng.choice(list(NAMES)), rng.choice(CHANNELS)
    if kind < 3:
        return NAMES[name], lambda step: step[0] == name
    if kind == 3:
        return f"{NAMES[name]}@{channel}", lambda step: step == (name, channel)
    if kind == 4:
        return f"@{channel}", lambda step: step[1] == channel
    if kind == 5:
        return ".", lambda _: True
    text, inner = _test(rng)
    if kind == 6:
        return f"!{text}", lambda step: not inner(step)
    return f"!({text}|{NAMES[name]})", lambda step: not inner(step) and step[0] != name


def _start(_: Path, places: Places) -> Places:
    return places & {0}


def _end(path: Path, places: Places) -> Places:
    return places & {len(path)}


def _anything(path: Path, places: Places) -> Places:
    return frozenset(range(min(places), len(path) + 1)) if places else places


def _step(is_so: Callable[[Step], bool]) -> Follow:
    return lambda path, places: frozenset(
        place + 1 for place in places if place < len(path) and is_so(path[place])
    )


def _in_turn(follows: Sequence[Follow]) -> Follow:
    def follow(path: Path, places: Places) -> Places:
        for one in follows:
            places = one(path, places)
        return places

    return follow


def _either(follows: Sequence[Follow]) -> Follow:
    return lambda path, places: frozenset().union(
        *(one(path, places) for one in follows)
    )


def _repeated(one: Follow, least: int, most: int) -> Follow:
    def follow(path: Path, places: Places) -> Places:
        found = places if least == 0 else frozenset()
        for done in range(1, most + 1):
            before, places = found, one(path, places)
            if done >= least:
                found |= places
            if not places or (done > len(path) + 2 and found == before):
                break
        return found

    return follow
