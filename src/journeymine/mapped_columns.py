"""The columns of a source that the project reads, whatever else its files hold."""

from dataclasses import dataclass

from journeymine.config import Config
from journeymine.connectors import TABLE, connector_of
from journeymine.ingest import LandedContent
from journeymine.raw import XES_COLUMNS
from journeymine.records import first_key


@dataclass(frozen=True)
class Mapped:
    """Columns that the project reads of a content; of JSON its top-level keys.

    Attributes
    ----------
    columns
        All of them.
    awaited
        Those that every file is to have.
    vital
        Those without which nothing is made of a file.
    """

    columns: tuple[str, ...]
    awaited: frozenset[str]
    vital: frozenset[str]


def mapped_columns(config: Config, name: str, content: LandedContent) -> Mapped:
    """Return which columns of a content are read."""
    source = config.sources[name]
    connector = connector_of(name, source)
    optional = [config.journey.case] if config.journey.case else []
    awaited = [*source.attributes]
    vital: list[str | None] = [*source.attributes]
    if connector.name != TABLE:
        optional += connector.fields.values()
        awaited += connector.required
        vital += connector.required
    else:
        fields = source.columns.model_dump(exclude_none=True)
        awaited += fields.values()
        awaited += (column for named in source.identifiers.values() for column in named)
        vital = [*awaited]
        if content.format == "xes":
            optional += XES_COLUMNS.values()
        if content.format == "jsonl":
            # Keys come and go, but no record tells an event without these.
            vital = [source.columns.occurred_at, source.columns.activity]
    keys = {column: first_key(column, content) for column in [*awaited, *optional]}
    return Mapped(
        columns=tuple(dict.fromkeys(keys.values())),
        awaited=frozenset(keys[column] for column in awaited),
        vital=frozenset(keys[column] for column in vital if column),
    )
