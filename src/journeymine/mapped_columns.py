"""The columns of a source that the project reads, whatever else its files hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.config import Config
from journeymine.connectors import table_of
from journeymine.ingest import LandedContent
from journeymine.raw import STANDARD_COLUMNS
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
    table = table_of(name, source)
    optional = [config.journey.case] if config.journey.case else []
    awaited = [*source.attributes]
    awaited += (column for named in source.identifiers.values() for column in named)
    vital: list[str | None] = [*source.attributes]
    if not table.is_open:
        found = {field: table.columns_of(field, content) for field in table.fields}
        optional += [column for columns in found.values() for column in columns]
        required = [
            _missed(found[one] or table.fields[one], content) for one in table.required
        ]
        awaited += required
        vital += required
    else:
        fields = source.columns.model_dump(exclude_none=True)
        awaited += fields.values()
        vital = [*awaited]
        optional += STANDARD_COLUMNS.get(content.format, {}).values()
        if content.is_json:
            # Keys come and go, but no record tells an event without these.
            vital = [source.columns.occurred_at, source.columns.activity]
    keys = {column: first_key(column, content) for column in [*awaited, *optional]}
    return Mapped(
        columns=tuple(dict.fromkeys(keys.values())),
        awaited=frozenset(keys[column] for column in awaited),
        vital=frozenset(keys[column] for column in vital if column),
    )


def _missed(names: Sequence[str], content: LandedContent) -> str:
    """Return the name of a field that a content has; if it has none, the first."""
    there = content.names
    return next((one for one in names if first_key(one, content) in there), names[0])
