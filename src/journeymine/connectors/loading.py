"""Read the connectors, which lie as TOML files in this folder."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from journeymine.config_sources import Source
from journeymine.config_values import one_or_more
from journeymine.connectors.model import TABLE, Connector, Table
from journeymine.errors import ConfigError


@cache
def load_connectors() -> dict[str, Connector]:
    """Read every connector, by name."""
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in files("journeymine.connectors").iterdir()
        if file.name.endswith(".toml")
    }
    return {
        name: _connector(name, tomllib.loads(texts[name])) for name in sorted(texts)
    }


def connector_of(name: str, source: Source) -> Connector:
    """Return the connector of a source.

    Raises
    ------
    ConfigError
        If there is no connector of that name.
    """
    wanted = source.connector or TABLE
    known = load_connectors()
    if wanted not in known:
        names = ", ".join(other for other in known if other != TABLE)
        message = (
            f"sources.{name}: connector: no connector {wanted!r}; choose of: {names}"
        )
        raise ConfigError(message)
    return known[wanted]


def _connector(name: str, settings: Mapping[str, Any]) -> Connector:
    tables = settings.get("tables", {"": settings})
    shared = settings.get("reading", {})
    return Connector(
        name=name,
        title=settings["title"],
        system=settings["system"],
        tried=settings["tried"],
        tables={
            table: _table("_".join(filter(None, ("raw", name, table))), shared, said)
            for table, said in tables.items()
        },
        company=tuple(settings.get("company", ())),
    )


def _table(view: str, shared: Mapping[str, Any], said: Mapping[str, Any]) -> Table:
    return Table(
        view=view,
        title=said["title"],
        fields=_lists(said["fields"]),
        required=tuple(said.get("required", ())),
        identifiers=_lists(said.get("identifiers", {})),
        activities=said.get("activities", {}),
        time_unit=said.get("time_unit"),
        reading={
            setting: tuple(value) if isinstance(value, list) else value
            for setting, value in {**shared, **said.get("reading", {})}.items()
        },
    )


def _lists(named: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(one_or_more(value)) for name, value in named.items()}  # type: ignore[arg-type]
