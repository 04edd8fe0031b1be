"""Quality gates: balances that must be zero, limits that the project sets, warnings."""

import duckdb

from journeymine.balances import BALANCES
from journeymine.config import Config
from journeymine.erasing.identifiers import forgotten_erasures
from journeymine.errors import GateError, SourceError
from journeymine.ingest import Load
from journeymine.warehouse import scalar


def check_loads(name: str, loads: list[Load], *, is_required: bool) -> None:
    """Check what was read of a source.

    Raises
    ------
    SourceError
        If a required source holds no record at all.
    """
    if is_required and not any(load.records for load in loads):
        files = ", ".join(load.file for load in loads[:3])
        message = (
            f"sources.{name}: {files}: no record; check the export,"
            " or set required = false"
        )
        raise SourceError(message)


def check_tables(con: duckdb.DuckDBPyConnection, config: Config) -> dict[str, int]:
    """Check every balance, and the share of quarantined records of each source.

    Returns
    -------
    dict
        Name of each balance -> how far it is off: zero.

    Raises
    ------
    GateError
        If a balance is not zero, or too much is quarantined.
    """
    for balance in BALANCES:
        rest = scalar(con, balance.sql)
        if rest != 0:
            message = f"balance: {balance.name}: off by {rest}; nothing is published"
            raise GateError(message)
    if scalar(con, "select count(*) from int_event_log") == 0:
        rule = scalar(con, "select mode(rule order by rule) from int_events")
        message = (
            f"events: none is in a journey, most are left out as {rule};"
            " name identifiers or [journey] case, and check as_of"
        )
        raise GateError(message)
    limit = config.ingest.max_quarantined_share
    for source, share, reason in con.execute(_QUARANTINED).fetchall():
        if share > limit:
            message = (
                f"sources.{source}: {share:.1%} of the records in its newest files are"
                f" quarantined ({reason}), more than ingest.max_quarantined_share ="
                f" {limit:.1%}; mend the export and put it under the same name, or"
                " raise the limit"
            )
            raise GateError(message)
    return {balance.name: 0 for balance in BALANCES}


_QUARANTINED = """
with newest as (select * from meta_loads where is_newest)
select
    loads.source,
    sum(loads.quarantined) / sum(loads.records) as share,
    (
        select mode(meta_quarantine.reason order by meta_quarantine.reason)
        from meta_quarantine
        semi join newest
            on meta_quarantine.source = newest.source
            and meta_quarantine.sha256 = newest.sha256
        where meta_quarantine.source = loads.source
    ) as reason
from newest as loads
group by loads.source
having sum(loads.quarantined) > 0
order by loads.source
"""


def counted_records(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return where the records of all files went, by the columns of `meta_loads`."""
    columns = ("records", "accepted", "duplicate", "quarantined", "erased")
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in columns)
    (counts,) = con.execute(f"select {sums} from meta_loads").fetchall()
    return dict(zip(columns, map(int, counts), strict=True))


def warnings_of(con: duckdb.DuckDBPyConnection, config: Config) -> list[str]:
    """Return what is not as it should be, and stops no run."""
    return [*stopped_sources(con), *forgotten_erasures(config)]


def stopped_sources(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return a warning for each source that fell silent, in order of its name."""
    return [
        f"sources.{source}: no event since {last_on}, its longest silence before was"
        f" {days} {'day' if days == 1 else 'days'}"
        for source, last_on, days in con.execute(_STOPPED).fetchall()
    ]


_STOPPED = """
select
    source,
    cast(timezone('UTC', silent_since) as date),
    usual_silence_seconds // 86400
from meta_watermarks
where is_stopped
order by source
"""
