"""The command `journeymine export`."""

from pathlib import Path
from typing import Annotated

import typer

from journeymine.cli_options import DEFAULT_PROJECT, Output, Project
from journeymine.errors import ConfigError

KNOWN = (
    "drawio, mermaid, lucid, miro, theydo, bpmn, xlsx, pptx, csv, pdf, png: the journey"
    " map; xes, ocel, ocel-json: the events"
)
"""The formats, told without importing them: that is slow."""


def export(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="File to write.")],
    to: Annotated[str, typer.Option("--to", help=KNOWN, metavar="FORMAT")],
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that exists.")
    ] = False,
) -> None:
    """Write the published journeys, or their map, to a file of another tool."""
    from journeymine import exports
    from journeymine.project_file import load_config

    if to not in exports.FORMATS:
        known = ", ".join(exports.FORMATS)
        message = f"--to {to}: there is no such format; choose one of: {known}"
        raise ConfigError(message)
    counts = exports.export(load_config(project, output), to, path, force=force)
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    typer.echo(f"{to:<9} {path}: {told}")
