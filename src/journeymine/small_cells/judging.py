"""Judge every mart of a snapshot: what of it is shared."""

from collections.abc import Sequence

import duckdb

from journeymine.small_cells.cells import Places, Verdict, judged
from journeymine.small_cells.declared import Mart, declared, declared_marts
from journeymine.small_cells.flows import judged_flow
from journeymine.small_cells.funnel_tables import COUNTS, judged_funnels
from journeymine.small_cells.rows import Row, column_names, read_rows

FLOW = "fct_transitions"
ACTIVITIES = "fct_activities"

Verdicts = dict[str, Verdict]


def judged_marts(con: duckdb.DuckDBPyConnection, prefix: str, least: int) -> Verdicts:
    """Return what is shared of each mart that holds counts.

    Parameters
    ----------
    prefix
        Of the names of tables: the database that they are in.
    least
        Counts of fewer people are small.
    """
    verdicts: Verdicts = {}
    for name, mart in _in_order():
        rows = read_rows(con, prefix + name, mart, column_names(mart))
        told = verdicts[mart.follows].told if mart.follows else None
        verdicts[name] = judged(rows, mart, least, told)
    activities: Places = {place for place in verdicts[ACTIVITIES].told if not place[1]}
    verdicts[FLOW] = judged_flow(con, prefix, least, activities)
    return verdicts | judged_funnels(_funnels(con, prefix), least)


def _in_order() -> list[tuple[str, Mart]]:
    """Return the marts of counts, those that follow another last."""
    cells = [(name, mart) for name, mart in declared_marts().items()]
    cells = [(name, mart) for name, mart in cells if mart.kind == "cells"]
    return sorted(cells, key=lambda named: named[1].follows is not None)


def _funnels(con: duckdb.DuckDBPyConnection, prefix: str) -> dict[str, Sequence[Row]]:
    return {
        name: read_rows(con, prefix + name, declared(name), counts)
        for name, counts in COUNTS.items()
    }
