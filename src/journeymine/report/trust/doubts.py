"""What is less sure about good records: silent sources, conflicts, vague times."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables

STOPPED = """
select source, silent_since, usual_silence_seconds // 86400 as usual_days
from meta_watermarks
where is_stopped
order by source
"""

CONFLICTS = """
select
    source, sum(conflicting) as records,
    (
        select count(distinct event_id) from meta_conflicts
        where meta_conflicts.source = meta_loads.source and kind = 'conflict'
    ) as events
from meta_loads
group by source
having sum(conflicting) > 0
order by source
"""

TIMES = """
select source, time_flag, events, unordered
from meta_times
order by source, time_flag
"""

TOLD = {
    "day": ("Dates without a time", "They stand at the start of their day"),
    "gap": (
        "Times that the clock skipped when it was put forward",
        "They are moved forward by what it skipped",
    ),
    "overlap": (
        "Times that the clock showed twice when it was put back",
        "The later of the two is taken",
    ),
}


@dataclass(frozen=True)
class Doubt:
    """What is not sure about some events of a source, and what was done about it."""

    source: str
    what: str
    events: str
    done: str


def read_doubts(tables: Tables) -> list[Doubt]:
    """Return what is not sure about events that count."""
    conflicts = [
        Doubt(
            row.source,
            "Told in different ways, without a version that says which is newer",
            words.count(row.events),
            "One telling counts, the same in every run;"
            f" {words.plural(row.records, 'other does', 'others do')} not",
        )
        for row in tables.rows(CONFLICTS)
    ]
    return conflicts + [_time(row) for row in tables.rows(TIMES)]


def stopped_sources(tables: Tables, facts: Facts) -> list[str]:
    """Return a sentence for each source that fell silent."""
    return [
        f"{row.source} has told nothing since"
        f" {words.day(row.silent_since, facts.zone)}; before, it was never silent for"
        " more than"
        f" {words.plural(row.usual_days, 'day', 'days')}: did its export stop?"
        for row in tables.rows(STOPPED)
    ]


def _time(row: Row) -> Doubt:
    what, done = TOLD[row.time_flag]
    if row.unordered:
        others = words.plural(row.unordered, "of them has", "of them have")
        done += (
            f"; {others} others of the same customer on that day, and which came"
            " first is not known"
        )
    return Doubt(row.source, what, words.count(row.events), done)
