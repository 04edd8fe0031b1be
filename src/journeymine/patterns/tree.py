"""What a pattern says: steps that are tested, and how they stand to each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Named:
    """A step of an activity, on a channel; None is any. `at` is where it is written."""

    activity: str | None = None
    channel: str | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """A step that is not so."""

    test: "Test"


@dataclass(frozen=True)
class AnyOf:
    """A step of which one test is true."""

    tests: tuple["Test", ...]


@dataclass(frozen=True)
class Edge:
    """The start (`^`) or the end (`$`) of the journey."""

    sign: str


@dataclass(frozen=True)
class Sequence:
    """One part directly after the other."""

    parts: tuple["Pattern", ...]


@dataclass(frozen=True)
class Choice:
    """One of several."""

    options: tuple["Pattern", ...]


@dataclass(frozen=True)
class Repeat:
    """A part several times in a row; `most` None is any number."""

    part: "Pattern"
    least: int
    most: int | None


Test = Named | Not | AnyOf
Pattern = Test | Edge | Sequence | Choice | Repeat

ANY = Named()
GAP = Repeat(ANY, 0, None)


def names_in(pattern: Pattern) -> Iterator[Named]:
    """Yield every step that a pattern names, from left to right."""
    match pattern:
        case Named():
            yield pattern
        case Not(inner) | Repeat(inner):
            yield from names_in(inner)
        case AnyOf(parts) | Sequence(parts) | Choice(parts):
            for part in parts:
                yield from names_in(part)
