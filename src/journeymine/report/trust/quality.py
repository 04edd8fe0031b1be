"""How complete and how sound the data are: loads, quarantine, watermarks, balances."""

from dataclasses import dataclass
from datetime import datetime

from journeymine.report import queries, words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables
from journeymine.report.trust import doubts, unmatched


@dataclass(frozen=True)
class Load:
    """What was read of one source."""

    source: str
    files: str
    lines: str
    header: str
    blank: str
    accepted: str
    duplicates: str
    quarantined: str
    quarantined_share: str
    has_bad: bool


@dataclass(frozen=True)
class Watermark:
    """Up to when a source is complete."""

    source: str
    complete_until: str
    is_assumed: bool
    last_at: str


@dataclass(frozen=True)
class Reason:
    """Why records of a source were put aside."""

    source: str
    reason: str
    records: str
    first: str


@dataclass(frozen=True)
class Balance:
    """Where the accepted events of a source went."""

    source: str
    accepted: str
    in_journeys: str
    left_out: str


@dataclass(frozen=True)
class Quality:
    """All tables of the data quality section."""

    title: str
    lead: str
    loads: list[Load]
    total: Load | None
    watermarks: list[Watermark]
    reasons: list[Reason]
    balances: list[Balance]
    doubts: list[doubts.Doubt]
    unmatched_lead: str
    unmatched: list[unmatched.Unmatched]


def read_quality(tables: Tables, facts: Facts) -> Quality:
    """Return what is known about the data of this run."""
    loads = tables.rows(queries.LOADS)
    total = _total(loads)
    unmatched_lead, not_matched = unmatched.read_unmatched(tables)
    return Quality(
        title=_title(total),
        lead=" ".join([_lead(facts), *doubts.stopped_sources(tables, facts)]),
        loads=[_load(row) for row in loads],
        total=_load(total) if len(loads) > 1 else None,
        watermarks=[_watermark(row, facts) for row in tables.rows(queries.WATERMARKS)],
        reasons=[_reason(row) for row in tables.rows(queries.QUARANTINE)],
        balances=_balances(tables.rows(queries.BALANCES)),
        doubts=doubts.read_doubts(tables),
        unmatched_lead=unmatched_lead,
        unmatched=not_matched,
    )


def _total(loads: list[Row]) -> Row:
    columns = (
        "files",
        "lines",
        "header",
        "blank",
        "accepted",
        "duplicates",
        "quarantined",
    )
    sums = {name: sum(getattr(row, name) or 0 for row in loads) for name in columns}
    return Row(source="All sources", **sums)


def _balances(rows: list[Row]) -> list[Balance]:
    """Return what was accepted, kept, and left out by which rule, per source."""
    sources: dict[str, dict[str, int]] = {}
    for row in rows:
        sources.setdefault(row.source, {})[row.rule] = row.events
    return [
        Balance(
            source,
            words.count(rules.pop("accepted", None)),
            words.count(rules.pop("in_journeys", 0)),
            ", ".join(
                f"{words.label(rule)} {words.count(events)}"
                for rule, events in rules.items()
            )
            or "none",
        )
        for source, rules in sources.items()
    ]


def _title(total: Row) -> str:
    read = total.accepted + total.duplicates + total.quarantined
    if not read:
        return "No record was read"
    kept = words.percent(total.accepted / read, read)
    return (
        f"{kept} of {words.count(read)} records were accepted; "
        "every line is accounted for"
    )


def _lead(facts: Facts) -> str:
    if not facts.as_of:
        return "Up to when the data are complete is not known."
    if facts.is_assumed:
        return (
            f"The data are taken as complete up to {facts.complete_to}, the last "
            "accepted event: this is assumed, because no source declares it."
        )
    return f"The data are complete up to {facts.complete_to}."


def _load(row: Row) -> Load:
    read = row.accepted + row.duplicates + row.quarantined
    return Load(
        source=row.source,
        files=words.count(row.files),
        lines=words.count(row.lines),
        header=words.count(row.header),
        blank=words.count(row.blank),
        accepted=words.count(row.accepted),
        duplicates=words.count(row.duplicates),
        quarantined=words.count(row.quarantined),
        quarantined_share=words.percent(row.quarantined / read if read else None, read),
        has_bad=bool(row.quarantined),
    )


def _watermark(row: Row, facts: Facts) -> Watermark:
    def written(moment: datetime | None) -> str:
        return words.minute(moment, facts.zone) if moment else "not declared"

    return Watermark(
        source=row.source,
        complete_until=written(row.complete_until)
        + (" (assumed)" if row.is_assumed and row.complete_until else ""),
        is_assumed=bool(row.is_assumed),
        last_at=written(row.last_at) if row.last_at else "no event",
    )


def _reason(row: Row) -> Reason:
    return Reason(
        row.source,
        row.reason,
        words.count(row.records),
        f"{row.file}, line {words.count(row.line)}" if row.line else row.file or "",
    )
