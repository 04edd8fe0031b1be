"""Quality gates: balances that must be zero, and limits that the project sets."""

from dataclasses import dataclass

import duckdb

from journeymine.config import Config
from journeymine.errors import GateError, SourceError
from journeymine.ingest import Load
from journeymine.warehouse import scalar


@dataclass(frozen=True)
class Balance:
    """A law of conservation.

    Attributes
    ----------
    name
        What must be equal.
    sql
        Query with one number: how far it is from that; zero if all is well.
    """

    name: str
    sql: str


BALANCES = (
    Balance(
        "records framed = records staged + records set aside",
        """
        select coalesce(
            sum(abs(loads.records - loads.framed_out - coalesce(staged.records, 0))), 0
        )
        from (
            select source, sha256, any_value(records) as records,
                any_value(framed_out) as framed_out
            from raw_loads
            where refused is null
            group by source, sha256
        ) as loads
        left join (
            select source, sha256, count(distinct record_index) as records
            from stg_events
            group by source, sha256
        ) as staged
            on loads.source = staged.source and loads.sha256 = staged.sha256
        """,
    ),
    Balance(
        "events accepted = events in journeys + events left out by a named rule",
        """
        select coalesce(
            sum(case when rule = 'accepted' then events else -events end), 0
        )
        from meta_balances
        """,
    ),
    Balance(
        "events in journeys = events in the log",
        """
        select (select count(*) from int_event_log)
            - (select coalesce(sum(events), 0) from meta_balances
                where rule = 'in_journeys')
        """,
    ),
    Balance(
        "transitions + ends + open ends + aftermath = events, in every slice",
        """
        select coalesce(sum(abs(total)), 0)
        from (
            select sum(events) as total
            from (
                select persona, segment, segment_value,
                    sum(events - ends - open_ends - aftermath_events) as events
                from fct_activities
                group by all
                union all
                select persona, segment, segment_value, -sum(transitions) as events
                from fct_transitions
                group by all
            )
            group by persona, segment, segment_value
        )
        """,
    ),
    Balance(
        "entered = reached the last step + dropped + excluded + in progress",
        """
        select coalesce(sum(abs(rest)), 0)
        from (
            select any_value(entered) - min(reached)
                - sum(dropped + excluded + in_progress) as rest
            from fct_funnel
            group by funnel, persona, segment, segment_value
        )
        """,
    ),
)


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
                f"sources.{source}: {share:.1%} of the records are quarantined"
                f" ({reason}), more than ingest.max_quarantined_share = {limit:.1%};"
                ' mend the export (with mode = "replace" it takes the place of the old'
                " one), or raise the limit"
            )
            raise GateError(message)
    return {balance.name: 0 for balance in BALANCES}


_QUARANTINED = """
select
    loads.source,
    sum(loads.quarantined) / sum(loads.records) as share,
    (
        select mode(reason order by reason) from meta_quarantine
        where meta_quarantine.source = loads.source
    ) as reason
from meta_loads as loads
group by loads.source
having sum(loads.quarantined) > 0
order by loads.source
"""
