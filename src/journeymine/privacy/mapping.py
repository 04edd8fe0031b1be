"""Which columns of a source hold what is personal, and which are kept at all."""

from collections.abc import Mapping

from journeymine.config import Config
from journeymine.config_sources import Source
from journeymine.connectors import Table, table_of

ALL = "*"
"""Stands for all columns among those that are kept."""

XES_PARTS = ("@", "concept:", "time:", "lifecycle:", "org:")
"""How columns of a log begin that its standard, or its framer, has named."""

OCEL_OWN = {"ocel:id", "ocel:type", "ocel:time"}
"""Columns of a log in OCEL that every event has."""


def personal_columns(config: Config, name: str) -> Mapping[str, str]:
    """Return which columns, or paths of JSON, hold which identifiers that are replaced.

    Returns
    -------
    Mapping
        Column -> type of `privacy.pseudonymise`; none without the section.
    """
    if config.privacy is None:
        return {}
    kinds = config.privacy.pseudonymise
    named = identifier_columns(config, name)
    return {column: kind for column, kind in named.items() if kind in kinds}


def identifier_columns(config: Config, name: str) -> dict[str, str]:
    """Return which columns, or paths of JSON, hold which type of identifier."""
    source = config.sources[name]
    table = table_of(name, source)
    known = {
        column: kind
        for kind, fields in table.identifiers.items()
        for field in fields
        for column in table.fields[field]
    }
    declared = {
        column: kind for kind, named in source.identifiers.items() for column in named
    }
    return {**known, **declared}


def kept_columns(config: Config, name: str) -> tuple[str, ...]:
    """Return the columns, or paths of JSON, that the project reads of a source; sorted.

    Of an event log all are read, unless the project names some: then `ALL` ends the
    beginnings of those of its standard.
    """
    source = config.sources[name]
    if source.is_event_log and not source.attributes:
        return (ALL,)
    named = {*_fields(source, table_of(name, source))}
    named |= {*identifier_columns(config, name), *source.attributes}
    named |= {config.journey.case} if config.journey.case else set()
    if source.format == "xes":
        named |= {part + ALL for part in XES_PARTS}
    if source.format == "ocel":
        named |= OCEL_OWN
    if config.privacy and config.privacy.free_text == "dropped":
        named -= {one.text for one in config.feedback.values() if one.text}
    return tuple(sorted(named))


def _fields(source: Source, table: Table) -> list[str]:
    if table.is_open:
        return list(source.columns.model_dump(exclude_none=True).values())
    return [column for columns in table.fields.values() for column in columns]
