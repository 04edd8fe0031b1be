"""What lies landed, staged and stitched in a database of its own, to find a person."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from journeymine.build import make, nodes_of, prepare
from journeymine.config import Config
from journeymine.erasing.register import Register
from journeymine.raw import Landed
from journeymine.warehouse import Row, write_table

AT_ANY_TIME = datetime(9999, 1, 1, tzinfo=UTC)
STAGED = ("stg_events", "int_repeats")
STITCHED = (*STAGED, "int_cases", "int_identities", "int_set_customers")

FOUND = "erased_records"


def stage(
    con: duckdb.DuckDBPyConnection,
    config: Config,
    landed: Landed,
    wanted: Collection[str],
) -> None:
    """Build nodes of the build graph from landed contents, whatever `as_of` says.

    A link that the tables do not know yet joins a person's records all the same.
    """
    project = config.project.model_copy(update={"as_of": AT_ANY_TIME})
    timeless = config.model_copy(update={"project": project})
    context = prepare(con, timeless, landed, Path())
    for node in nodes_of(timeless, wanted):
        make(node, context)


def find_records(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Write `erased_records`: source, sha256, record_index of all that must go.

    It is every record that names an erased identifier or, without naming anybody, is
    of a case that an erased one began; and what such a record had been preferred to,
    which would come back in its place.
    """
    rows: list[Row] = [(entry.pair,) for entry in register.entries]
    write_table(con, "erased_pairs", "hash varchar", rows)
    con.execute(_FIND, {"salt": register.salt})


_FIND = f"""
create or replace table {FOUND} as
with told as (
    select distinct identifiers
    from stg_events
    where identifiers is not null
), erased_sets as (
    select distinct identifiers
    from (
        select identifiers, unnest(string_split(identifiers, chr(31))) as pair
        from told
    )
    where sha256($salt || pair) in (select hash from erased_pairs)
), begun as (
    select
        case_id,
        arg_min(identifiers, (occurred_at, source, source_order, event_id))
            filter (where identifiers is not null) as identifiers
    from stg_events
    where case_id is not null
    group by case_id
), erased_cases as (
    select case_id
    from begun
    where identifiers in (select identifiers from erased_sets)
        or sha256($salt || 'case=' || case_id) in (select hash from erased_pairs)
), named as (
    select source, sha256, record_index, event_id
    from stg_events
    where identifiers in (select identifiers from erased_sets)
        or (
            identifiers is null
            and case_id in (select case_id from erased_cases)
        )
), preferred as (
    select int_repeats.event_id
    from int_repeats
    semi join named
        on int_repeats.source = named.source
        and int_repeats.sha256 = named.sha256
        and int_repeats.record_index = named.record_index
        and int_repeats.event_id = named.event_id
    where int_repeats.copy_index = 1
)
select source, sha256, record_index
from named
union
select source, sha256, record_index
from int_repeats
where is_lost and event_id in (select event_id from preferred)
"""


def records_by_content(
    con: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], list[int]]:
    """Return the records found, by source and SHA-256 of all that is staged."""
    rows = con.execute(
        f"""
        with read as (select distinct source, sha256 from stg_events)
        select
            read.source,
            read.sha256,
            list({FOUND}.record_index)
                filter (where {FOUND}.record_index is not null) as records
        from read
        left join {FOUND}
            on read.source = {FOUND}.source and read.sha256 = {FOUND}.sha256
        group by all
        """
    ).fetchall()
    return {(source, content): indexes or [] for source, content, indexes in rows}
