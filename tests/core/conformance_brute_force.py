"""What an expected journey costs, by writing out every journey that it allows.

Written from `docs/expected-journey.md` alone: a path costs as many events as must be
taken out of it and put into it to make it one of these words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations_with_replacement, product

import numpy as np
from numpy.typing import NDArray

MOST_REPEATS = 3
MOST_FREE = 1
"""More of one activity than these is in no path that is tried."""


@dataclass(frozen=True)
class Step:
    """A step: its activities, each one letter."""

    any: str
    may: bool = False
    repeat: bool = False

    def words(self) -> Iterator[str]:
        if self.may:
            yield ""
        for length in range(1, MOST_REPEATS + 1 if self.repeat else 2):
            yield from map("".join, product(self.any, repeat=length))


@dataclass(frozen=True)
class Meant:
    """An expected journey: steps; what must come before what; what never comes."""

    steps: Sequence[Step]
    before: dict[str, str] = field(default_factory=dict)
    never: str = ""
    counts_others: bool = False

    @property
    def free(self) -> list[str]:
        """Activities that only `before` names."""
        named = "".join(step.any for step in self.steps)
        told = chain.from_iterable(self.before.items())
        return sorted({letter for letters in told for letter in letters} - {*named})

    @property
    def letters(self) -> str:
        """All that it speaks of."""
        steps = "".join(step.any for step in self.steps)
        return "".join(sorted({*steps, *self.free, *self.never}))

    def words(self) -> set[str]:
        """Return every journey that it allows, up to so many repeats."""
        found = {
            "".join(parts) for parts in product(*(step.words() for step in self.steps))
        }
        for letter in self.free:
            found = {longer for word in found for longer in _with(word, letter)}
        return {word for word in found if self._is_allowed(word)}

    def _is_allowed(self, word: str) -> bool:
        return all(
            any(letter in earlier for letter in word[: word.index(later)])
            for later, earlier in self.before.items()
            if later in word
        )


def _with(word: str, letter: str) -> Iterator[str]:
    """Yield a word with a letter put in anywhere, up to so many times."""
    # One more than a path has: it may come too late, and be missing before.
    for number in range(MOST_FREE + 2):
        for places in combinations_with_replacement(range(len(word) + 1), number):
            longer = list(word)
            for place in reversed(places):
                longer.insert(place, letter)
            yield "".join(longer)


class Language:
    """The words of an expected journey; of an open path, all that they begin with."""

    def __init__(self, words: set[str], *, is_open: bool) -> None:
        if is_open:
            words = {word[:end] for word in words for end in range(len(word) + 1)}
        told = sorted(words)
        widest = max(map(len, told))
        self.lengths = np.array([len(word) for word in told])
        self.codes = np.array(
            [[ord(letter) for letter in word.ljust(widest)] for word in told]
        )

    def cost(self, path: str) -> int:
        """Return the fewest events to take out and to put in."""
        kept = _longest_common(path, self.codes)
        return int((len(path) + self.lengths - 2 * kept).min())


def _longest_common(path: str, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the length of the longest common subsequence with each word."""
    words, widest = codes.shape
    before = np.zeros((words, widest + 1), dtype=np.int64)
    for letter in path:
        here = np.zeros_like(before)
        for place in range(widest):
            is_equal = codes[:, place] == ord(letter)
            further = np.maximum(before[:, place + 1], here[:, place])
            here[:, place + 1] = np.where(is_equal, before[:, place] + 1, further)
        before = here
    return np.asarray(before[:, -1])
