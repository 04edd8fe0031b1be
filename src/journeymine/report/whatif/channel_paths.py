"""The paths of channels that most conversions come by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables
from journeymine.report.whatif import findings, queries

SHOWN = 5  # channels of a path; the rest is counted
HEAD = (
    "Path",
    "Converted",
    "of journeys",
    "Rate",
    "95% interval",
    "Value",
    "Median time",
)


@dataclass(frozen=True)
class ChannelPath:
    """A path of channels and what came of it."""

    steps: list[str]
    more: int
    figures: list[str]


@dataclass(frozen=True)
class ChannelPaths:
    """The paths of one persona."""

    title: str
    rows: list[ChannelPath]


def read_channel_paths(tables: Tables, facts: Facts) -> dict[str, ChannelPaths]:
    """Return the paths that most conversions come by, per persona that has any."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.CHANNEL_PATHS):
        parts[row.persona].append(row)
    return {key: _paths(rows, facts) for key, rows in parts.items()}


def _paths(rows: Sequence[Row], facts: Facts) -> ChannelPaths:
    return ChannelPaths(
        findings.frequent_path(rows[0]), [_path(row, facts) for row in rows]
    )


def _path(row: Row, facts: Facts) -> ChannelPath:
    steps = [findings.name(step) for step in row.path.split(" > ")]
    days = row.median_days
    figures = [
        words.count(row.conversions),
        words.count(row.journeys),
        words.percent(row.conversion_rate, row.journeys),
        words.interval(row.conversion_rate_low, row.conversion_rate_high, row.journeys),
        words.money(row.value, facts.currency) or words.NOTHING,
        words.NOTHING if days is None else words.duration(days * 86400),
    ]
    return ChannelPath(steps[:SHOWN], max(0, len(steps) - SHOWN), figures)
