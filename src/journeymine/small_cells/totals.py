"""What is told of all customers together: the heads of the shared report."""

import duckdb

from journeymine.small_cells.levels import Counts, withhold

OUTCOMES = ("converted", "exited", "abandoned", "in_progress")

TOTALS = """
create or replace table meta_totals as
select
    (select count(*) from {prefix}dim_customers) as customers,
    count(*) as journeys,
    count(*) filter (outcome = 'converted') as converted,
    count(*) filter (outcome = 'exited') as exited,
    count(*) filter (outcome = 'abandoned') as abandoned,
    count(*) filter (outcome = 'in_progress') as in_progress,
    min(started_at) as first_at,
    max(ended_at) as last_at,
    (select sum(amount) from {prefix}dim_customers) as amount
from {prefix}fct_journeys
where journey_kind = 'main'
"""


def write_totals(con: duckdb.DuckDBPyConnection, prefix: str, least: int) -> None:
    """Write `meta_totals`: customers, journeys and how they ended; empty if of few."""
    con.execute(TOTALS.format(prefix=prefix))
    con.execute(f"delete from meta_totals where customers < {least}")
    names = ", ".join(OUTCOMES)
    for counts in con.execute(f"select {names} from meta_totals").fetchall():
        withheld = withhold(Counts(dict(zip(OUTCOMES, counts, strict=True)), {}), least)
        for name in sorted(withheld.whole):
            con.execute(f"update meta_totals set {name} = null")
