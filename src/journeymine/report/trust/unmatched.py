"""Events that no rule and no stage of the project file knows."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Tables

UNMATCHED = """
select
    activity, channel, events, share,
    cast(sum(events) over () as bigint) as unmatched
from meta_unmatched
order by events desc, activity, channel
limit 20
"""


@dataclass(frozen=True)
class Unmatched:
    """Events of an activity on a channel that nothing in the project file names."""

    activity: str
    channel: str
    events: str
    share: str


def read_unmatched(tables: Tables) -> tuple[str, list[Unmatched]]:
    """Return how much is not matched, as a sentence, and the most frequent of it."""
    rows = tables.rows(UNMATCHED)
    if not rows:
        return "", []
    first = rows[0]
    share = words.percent(first.unmatched * first.share / first.events)
    lead = (
        f"{words.plural(first.unmatched, 'event', 'events')} in journeys, {share} of"
        " all: no rule matches, and no stage names the activity. The most frequent come"
        " first."
    )
    return lead, [
        Unmatched(
            row.activity,
            row.channel,
            words.count(row.events),
            words.percent(row.share),
        )
        for row in rows
    ]
