"""Connectors: what a system's export holds, as data.

A connector is one TOML file here and one staging model
`sql/staging/stg_<connector>__events.sql`. The TOML names the fields of the table
`raw_<connector>` and where each stands in a record: a column, or for JSON a path
with dots.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from journeymine.config_sources import Source, TimeUnit
from journeymine.errors import ConfigError

TABLE = "table"
"""The connector of a source that names its columns itself."""


@dataclass(frozen=True)
class Connector:
    """One kind of export.

    Attributes
    ----------
    name
        As in the project file, and in `raw_<name>`.
    title
        What it is, in words.
    system
        Default of a source's `system`.
    format
        Default of a source's `format`; None if the project file must say.
    tried
        On which rows it has been tried.
    fields
        Field of the raw table -> column, or path with dots, of the record.
    required
        Those of the columns that every file has.
    time_unit
        What times count since 1970, where they are numbers; None if they are texts.
    """

    name: str
    title: str
    system: str
    format: str | None
    tried: str
    fields: Mapping[str, str]
    required: tuple[str, ...] = ()
    time_unit: TimeUnit | None = None

    @property
    def times(self) -> list[str]:
        """Fields that hold times: their names end in `_at`."""
        return [field for field in self.fields if field.endswith("_at")]


@cache
def load_connectors() -> dict[str, Connector]:
    """Read every connector, by name."""
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in files(__name__).iterdir()
        if file.name.endswith(".toml")
    }
    return {name: _connector(name, texts[name]) for name in sorted(texts)}


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


def preset(name: str, source: Source) -> Source:
    """Return a source with the format and system of its connector filled in.

    Raises
    ------
    ConfigError
        If there is no connector of that name, or nobody says the format.
    """
    connector = connector_of(name, source)
    file_format = source.format or connector.format
    if file_format is None:
        message = f"sources.{name}: format: missing; add it"
        raise ConfigError(message)
    system = source.system or connector.system
    return source.model_copy(update={"format": file_format, "system": system})


def _connector(name: str, text: str) -> Connector:
    settings = tomllib.loads(text)
    return Connector(
        name=name,
        title=settings["title"],
        system=settings["system"],
        format=settings.get("format"),
        tried=settings["tried"],
        fields=settings["fields"],
        required=tuple(settings.get("required", ())),
        time_unit=settings.get("time_unit"),
    )
