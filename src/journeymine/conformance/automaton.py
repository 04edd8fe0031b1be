"""The expected journey as an automaton: states, and moves between them.

A move is made by an event of its symbol; without one, the event is missing. Moves are
about subjects: the steps and rules of the expected journey, and what it names beside.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

NO_SYMBOL = -1
"""Of a move that only a missing event makes."""


class Move(NamedTuple):
    """From a state to a state, with an event of a symbol, about a subject."""

    source: int
    target: int
    symbol: int
    subject: int


class Moves(NamedTuple):
    """The moves, in order of their sources, as columns."""

    source: Integers
    target: Integers
    symbol: Integers
    subject: Integers
    is_end: NDArray[np.bool_]


class Alphabet(NamedTuple):
    """What the symbols are about.

    Attributes
    ----------
    subjects
        Shape (n_symbols, most subjects of one): those that an event could be of, the
        nearest to the start first; then -1.
    guards
        Rules that want something before the symbol, as bits.
    first_rule
        The subject of the first of these rules.
    """

    subjects: Integers
    guards: Integers
    first_rule: int


@dataclass(frozen=True)
class Subject:
    """Something that an expected journey speaks of.

    Attributes
    ----------
    title
        What the tables call it.
    rule
        must or may (steps), before, after (what a `before` is about), never, other
        (what nothing names), task (of a BPMN file), whole (the journey).
    within_us
        How long it may take since the event that was matched before.
    """

    title: str
    rule: str
    within_us: int | None = None


@dataclass(frozen=True)
class Meaning:
    """An expected journey, ready to be aligned with.

    Attributes
    ----------
    symbols
        The symbol of (activity, stage), where it speaks of it.
    subjects
        What it speaks of; the last one is the journey as a whole.
    """

    symbols: dict[tuple[str, str | None], int]
    subjects: Sequence[Subject]
    moves: Moves
    alphabet: Alphabet


def columns(moves: Collection[Move], ends: Collection[int], states: int) -> Moves:
    """Return moves as columns, in order; state 0 is the start."""
    rows = np.array(sorted(set(moves)), dtype=np.int64).reshape(-1, 4)
    is_end = np.zeros(states, dtype=np.bool_)
    is_end[sorted(ends)] = True
    source, target, symbol, subject = (np.ascontiguousarray(one) for one in rows.T)
    return Moves(source, target, symbol, subject, is_end)


def alphabet(
    subjects: Sequence[Sequence[int]], guards: Sequence[int], first_rule: int
) -> Alphabet:
    """Return the symbols, given the subjects and guards of each."""
    widest = max((len(one) for one in subjects), default=0)
    padded = [[*one, *[-1] * (widest + 1 - len(one))] for one in subjects]
    return Alphabet(
        np.array(padded, dtype=np.int64).reshape(len(subjects), widest + 1),
        np.array(guards, dtype=np.int64),
        first_rule,
    )
