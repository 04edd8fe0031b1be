"""How a path differs from the expected journey, in the fewest moves.

An alignment goes through a path and the automaton at once: an event may be matched by
a move of its symbol (free), be in surplus, or a move may lack its event (one each). Of
the alignments with the fewest of these, the first in this order is taken, at each
event: matched; what a rule of `before` lacks, if the event wants it; in surplus; what a
step lacks. So events are matched as early as they can be, and steps are missing as late
as they can be. In an open path what a step lacks comes before what is in surplus: who
has gone on has skipped a step, although it may still come.
"""

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled
from journeymine.conformance.automaton import Alphabet, Integers, Moves
from journeymine.conformance.paths import Found, Paths

FAR = 1 << 30
NO_MOVE = -1


@compiled
def align(paths: Paths, moves: Moves, letters: Alphabet, found: Found) -> None:
    """Fill `found`, which has a row per path."""
    for place in range(len(paths.is_open)):
        path = paths.symbols[paths.first[place] : paths.first[place + 1]]
        ahead = _moves_ahead(path, moves, paths.is_open[place])
        found.cost[place] = ahead[0, 0]
        _follow(path, ahead, (moves, letters, paths.is_open[place]), found, place)


@compiled
def _moves_ahead(path: Integers, moves: Moves, is_open: bool) -> NDArray[np.int32]:
    """Return the fewest moves from each place of the path in each state to the end."""
    states, length = len(moves.is_end), len(path)
    ahead = np.full((length + 1, states), FAR, np.int32)
    for place in range(length, -1, -1):
        row = ahead[place]
        if place == length:
            for state in range(states):
                if is_open or moves.is_end[state]:
                    row[state] = 0
        else:
            for state in range(states):
                row[state] = ahead[place + 1, state] + 1
            for move in range(len(moves.source)):
                if moves.symbol[move] == path[place]:
                    after = ahead[place + 1, moves.target[move]]
                    row[moves.source[move]] = min(row[moves.source[move]], after)
        _lack(row, moves)
    return ahead


@compiled
def _lack(row: NDArray[np.int32], moves: Moves) -> None:
    """Lower the fewest moves of each state by moves whose event is missing."""
    is_lower = True
    while is_lower:
        is_lower = False
        # Most moves lead to a later state: from the last one back, once is enough.
        for move in range(len(moves.source) - 1, -1, -1):
            after = row[moves.target[move]] + 1
            if after < row[moves.source[move]]:
                row[moves.source[move]] = after
                is_lower = True


@compiled
def _follow(
    path: Integers,
    ahead: NDArray[np.int32],
    rules: tuple[Moves, Alphabet, bool],
    found: Found,
    row: int,
) -> None:
    """Go along one alignment, and note what it matches and what it lacks."""
    moves, letters, _ = rules
    place, state, last, spares = 0, 0, 0, 0
    spare = np.empty(len(path), np.int64)
    while True:
        move, is_matched = _next_move(path, ahead, rules, place, state)
        if move == NO_MOVE:
            if place == len(path):
                break
            spare[spares] = path[place]
            spares += 1
            place += 1
            continue
        subject, state = moves.subject[move], moves.target[move]
        if not is_matched:
            found.missing[row, subject] += 1
            found.at_end[row, subject] += 1
            continue
        place += 1
        _match(found, row, subject)
        _note_wanted(found, row, letters, path[place - 1])
        last = _note_places(found, row, subject, (place, last), letters)
    _note_surplus(spare[:spares], letters, found, row)


@compiled
def _next_move(
    path: Integers,
    ahead: NDArray[np.int32],
    rules: tuple[Moves, Alphabet, bool],
    place: int,
    state: int,
) -> tuple[int, bool]:
    """Return the next move, and whether it is matched; none if the event is surplus."""
    moves, letters, is_open = rules
    least = ahead[place, state]
    first = np.searchsorted(moves.source, state)
    end = np.searchsorted(moves.source, state + 1)
    is_end = place == len(path)
    if not is_end:
        for move in range(first, end):
            after = ahead[place + 1, moves.target[move]]
            if moves.symbol[move] == path[place] and after == least:
                return move, True
    is_surplus = least == 0 if is_end else ahead[place + 1, state] + 1 == least
    guards = 0 if is_end else letters.guards[path[place]]
    for move in range(first, end):
        if ahead[place, moves.target[move]] + 1 == least:
            rule = moves.subject[move] - letters.first_rule
            is_wanted = rule >= 0 and (guards >> rule) & 1
            if is_open or is_wanted or not is_surplus:
                return move, False
    return NO_MOVE, False


@compiled
def _match(found: Found, row: int, subject: int) -> None:
    found.matched[row, subject] += 1
    # What was missing until now is not at the end.
    found.at_end[row] = 0


@compiled
def _note_places(
    found: Found, row: int, subject: int, places: tuple[int, int], letters: Alphabet
) -> int:
    """Return the place of the last event that is matched to a step."""
    place, last = places
    if subject >= letters.first_rule:
        return last
    whole = found.matched.shape[1] - 1
    if found.matched[row, subject] == 1:
        found.since[row, subject] = last
        found.until[row, subject] = place
    found.until[row, whole] = place
    if found.since[row, whole] == 0:
        found.since[row, whole] = place
    return place


@compiled
def _note_wanted(found: Found, row: int, letters: Alphabet, symbol: int) -> None:
    rule, guards = letters.first_rule, letters.guards[symbol]
    while guards:
        found.wanted[row, rule] += guards & 1
        guards >>= 1
        rule += 1


@compiled
def _note_surplus(spare: Integers, letters: Alphabet, found: Found, row: int) -> None:
    """Count each event in surplus for the first of its subjects that has no event."""
    for symbol in spare:
        chosen = letters.subjects[symbol, 0]
        for subject in letters.subjects[symbol]:
            if subject < 0:
                break
            if found.matched[row, subject] + found.surplus[row, subject] == 0:
                chosen = subject
                break
        found.surplus[row, chosen] += 1
