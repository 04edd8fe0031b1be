"""A connector in words: how the project file names its files, and what these hold."""

from collections.abc import Iterator
from typing import Any

from journeymine.connectors.model import Connector, Table


def facts_of(connector: Connector) -> dict[str, Any]:
    """Return what a connector says, for machines."""
    return {
        "name": connector.name,
        "title": connector.title,
        "system": connector.system,
        "tried": connector.tried,
        "tables": {
            name: {
                "title": table.title,
                "fields": {field: list(named) for field, named in table.fields.items()},
                "required": list(table.required),
                "identifiers": {
                    kind: list(fields) for kind, fields in table.identifiers.items()
                },
                "reading": dict(table.reading),
            }
            for name, table in connector.tables.items()
        },
    }


def page_of(connector: Connector) -> str:
    """Return a page on a connector, for people; every file has fields with a star."""
    lines = [connector.title, f"tried: {connector.tried}", ""]
    lines += _section(connector)
    for name, table in connector.tables.items():
        lines += ["", f"{name}: {table.title}" if name else "fields", *_fields(table)]
    lines += ["", "* every file has it"]
    return "\n".join(lines)


def _section(connector: Connector) -> Iterator[str]:
    """Yield a section of a project file that uses a connector."""
    yield f"[sources.{connector.system}]"
    yield f'connector = "{connector.name}"'
    if "" in connector.tables:
        yield 'path = "exports/*"'
    else:
        yield ""
        yield f"[sources.{connector.system}.tables]"
        for name in connector.tables:
            yield f'{name} = "exports/{name}*"'


def _fields(table: Table) -> Iterator[str]:
    width = max(map(len, table.fields)) + 2
    kinds = {
        field: kind for kind, fields in table.identifiers.items() for field in fields
    }
    for field, named in table.fields.items():
        star = "*" if field in table.required else ""
        told = f"  (identifier: {kinds[field]})" if field in kinds else ""
        yield f"  {field + star:<{width}} {' or '.join(filter(None, named))}{told}"
