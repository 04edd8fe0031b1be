"""A pattern as a regular expression over paths written as text, a character a step.

A step's character says all that the patterns can ask of it: which of the activities and
channels that they name it has. So a path is the same text for every log, and the
expression runs where the paths are: in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from journeymine.patterns.tree import (
    AnyOf,
    Choice,
    Edge,
    Named,
    Not,
    Pattern,
    Repeat,
    Sequence,
    Test,
    names_in,
)

FIRST_CHARACTER = 0xF0000
"""Unicode's private use: no character of it means anything in an expression."""

MOST_CHARACTERS = 0xFFFD


@dataclass(frozen=True)
class Alphabet:
    """The activities and channels that patterns name, in order.

    A step's character is number `activity * width + channel` of private use, where a
    name counts from 1 and any other is 0.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many characters there are of one activity."""
        return len(self.channels) + 1

    @property
    def size(self) -> int:
        """How many characters there are."""
        return (len(self.activities) + 1) * self.width


def alphabet_of(patterns: Iterable[Pattern]) -> Alphabet:
    """Return what is needed to write paths that these patterns can be found in.

    Raises
    ------
    ValueError
        If they name too much to be told apart.
    """
    named = [one for pattern in patterns for one in names_in(pattern)]
    alphabet = Alphabet(
        tuple(sorted({one.activity for one in named if one.activity is not None})),
        tuple(sorted({one.channel for one in named if one.channel is not None})),
    )
    if alphabet.size > MOST_CHARACTERS:
        message = (
            f"{len(alphabet.activities)} activities and {len(alphabet.channels)}"
            " channels are too many to tell apart; name fewer"
        )
        raise ValueError(message)
    return alphabet


def expression(pattern: Pattern, alphabet: Alphabet) -> str:
    """Return the regular expression (RE2) that finds a pattern in a path."""
    match pattern:
        case Edge(sign):
            return sign
        case Sequence(parts):
            return "".join(_grouped(part, alphabet) for part in parts)
        case Choice(options):
            return "|".join(expression(option, alphabet) for option in options)
        case Repeat(part, least, most):
            upto = "" if most is None else most
            return f"{_grouped(part, alphabet)}{{{least},{upto}}}"
        case Named() | Not() | AnyOf():
            return _one_of(_characters(pattern, alphabet))


def _grouped(pattern: Pattern, alphabet: Alphabet) -> str:
    inner = expression(pattern, alphabet)
    return f"(?:{inner})" if isinstance(pattern, (Choice, Sequence, Repeat)) else inner


def _characters(test: Test, alphabet: Alphabet) -> set[int]:
    """Return the characters, as numbers, of the steps that pass a test."""
    match test:
        case Not(inner):
            return {*range(alphabet.size)} - _characters(inner, alphabet)
        case AnyOf(tests):
            return set().union(*(_characters(one, alphabet) for one in tests))
        case Named(activity, channel):
            rows = _places(activity, alphabet.activities)
            columns = _places(channel, alphabet.channels)
            return {row * alphabet.width + column for row in rows for column in columns}


def _places(name: str | None, names: tuple[str, ...]) -> range:
    if name is None:
        return range(len(names) + 1)
    place = names.index(name) + 1
    return range(place, place + 1)


def _one_of(characters: set[int]) -> str:
    """Return the class of some characters; runs are written by their ends."""
    if not characters:
        return r"[^\x{0}-\x{10FFFF}]"  # a test that nothing passes
    ends = [
        (number, step)
        for number in sorted(characters)
        for step in (-1, 1)
        if number + step not in characters
    ]
    written = [rf"\x{{{FIRST_CHARACTER + number:X}}}" for number, _ in ends]
    runs = zip(written[::2], written[1::2], strict=True)
    return "[" + "".join(f"{first}-{last}" for first, last in runs) + "]"
