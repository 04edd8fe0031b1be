"""`journeymine connectors`: which systems' exports are known, and what they hold."""

import json
from typing import Annotated

import typer

from journeymine.cli_options import AsJson
from journeymine.errors import ConfigError


def connectors(
    name: Annotated[
        str | None, typer.Argument(help="Show this one, with its fields.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List the connectors: what each reads, where it was tried."""
    from journeymine.connectors import TABLE, load_connectors
    from journeymine.connectors.page import facts_of, page_of

    known = load_connectors()
    if name is not None and name not in known:
        names = ", ".join(other for other in known if other != TABLE)
        message = f"connectors: no connector {name!r}; choose of: {names}"
        raise ConfigError(message)
    shown = [known[name]] if name else list(known.values())
    if as_json:
        typer.echo(json.dumps([facts_of(connector) for connector in shown]))
    elif name:
        typer.echo(page_of(shown[0]))
    else:
        width = max(map(len, known))
        for one in shown:
            typer.echo(f"{one.name:<{width}}  {one.title}; tried: {one.tried}")
