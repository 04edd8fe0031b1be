"""chDB: a MergeTree in order of customer and time."""

import json
from typing import Any

from chdb.session import Session
from tests.benchmarks.paths.measured import Measure, Told, serve

# Arrays are its fastest right form here: window functions take half as long again, and
# `neighbor` loses the pairs at the edges of blocks.
TRANSITIONS = """
select pair.1, pair.2, count(), quantileExactLow(0.5)(pair.3)
from (
    select arrayJoin(arrayZip(
        arrayPopBack(activities), arrayPopFront(activities),
        arrayPopFront(arrayDifference(seconds))
    )) as pair
    from (
        select groupArray(activity_code) as activities,
            groupArray(toInt64(second)) as seconds
        from (select * from b.log order by customer, second)
        group by customer
    )
)
group by pair.1, pair.2
format JSONCompact
"""
VARIANTS = """
select count() as journeys
from (
    select groupArray(activity_code) as path
    from (select * from b.log order by customer, second)
    group by customer
)
group by path
format JSONCompact
"""


def load(parquet: str) -> dict[str, Measure]:
    session = Session()
    session.query("create database b")
    session.query(
        "create table b.log engine = MergeTree order by (customer, second) as"
        " select customer::UInt64 as customer, second::UInt64 as second,"
        f" activity_code::UInt8 as activity_code from file('{parquet}', Parquet)"
    )
    session.query("optimize table b.log final")

    def transitions() -> Told:
        found = session.query(TRANSITIONS)
        return lambda: told_transitions(rows(found))

    def variants() -> Told:
        found = session.query(VARIANTS)
        return lambda: {"counts": sorted(row[0] for row in rows(found))}

    return {"transitions": transitions, "variants": variants}


def rows(found: object) -> list[list[int]]:
    return [[int(value) for value in row] for row in json.loads(str(found))["data"]]


def told_transitions(found: list[list[int]]) -> dict[str, Any]:
    return {"counts": sorted(row[:3] for row in found), "medians": sorted(found)}


serve(load)
