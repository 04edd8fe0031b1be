"""Which transitions are shared: those of the whole that no sum gives away.

What comes to an activity, or begins with it, is what goes on from it, or ends there;
so beginnings and ends stand in the table too, and are themselves never shared.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import duckdb

from journeymine.small_cells.cells import Places, Verdict
from journeymine.small_cells.cycles import protected
from journeymine.small_cells.levels import UNNAMED
from journeymine.small_cells.tables import Cell

START, END = "\0start", "\0end"


def judged_flow(
    con: duckdb.DuckDBPyConnection, prefix: str, least: int, told: Places
) -> Verdict:
    """Return what is shared of the table of transitions.

    Parameters
    ----------
    prefix
        Of the names of tables: the database that they are in.
    told
        Activities that are told of; of others nothing is known.
    """
    whole = "persona = 'all' and segment = 'all'"
    rows = con.execute(
        "select rowid, from_activity, to_activity, customers"
        f" from {prefix}fct_transitions where {whole} order by rowid"
    ).fetchall()
    ends = con.execute(
        f"select activity, starts, ends + open_ends from {prefix}fct_activities"
        f" where {whole} order by activity"
    ).fetchall()
    counts = {(start, to): customers for _, start, to, customers in rows}
    names = {name for name, *_ in told}
    withheld = withheld_moves(counts, ends, names, least)
    verdict = Verdict()
    verdict.kept = {
        number for number, start, to, _ in rows if (start, to) not in withheld
    }
    return verdict


def withheld_moves(
    moves: Mapping[Cell, int],
    ends: Iterable[tuple[str, int, int]],
    told: Collection[str],
    least: int,
) -> set[Cell]:
    """Return the transitions to withhold.

    Parameters
    ----------
    ends
        By activity, how often it is the first and the last one.
    told
        Activities whose counts are known.
    """
    table: Counter[Cell] = Counter()
    named = {move: _renamed(move, told) for move in moves}
    for move, count in moves.items():
        table[named[move]] += count
    for activity, starts, last in ends:
        table[_renamed((START, activity), told)] += starts
        table[_renamed((activity, END), told)] += last
    hidden = {cell for cell in table if {START, END, UNNAMED} & set(cell)}
    withheld = protected(table, hidden, least, [(START, END)])
    return {move for move in moves if named[move] in withheld}


def _renamed(move: Cell, told: Collection[str]) -> Cell:
    known = {START, END, *told}
    start, to = (name if name in known else UNNAMED for name in move)
    return start, to
