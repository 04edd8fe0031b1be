"""The command `journeymine query`."""

import sys
from typing import Annotated

import typer

from journeymine.cli_options import (
    DEFAULT_PROJECT,
    AsJson,
    Output,
    Project,
    chosen_format,
)


def query(  # noqa: PLR0913 - a command has as many arguments as it has options
    asked: Annotated[
        str | None,
        typer.Argument(metavar="NAME|SQL", help="Default: list the tables."),
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    example: Annotated[
        str | None,
        typer.Option(
            help="Answer a worked question of sql/examples/; `list` names them.",
            metavar="NAME",
        ),
    ] = None,
    restricted: Annotated[
        bool,
        typer.Option(
            "--restricted", help="Ask the full tables that [privacy] min_cell keeps."
        ),
    ] = False,
    as_json: AsJson = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV, for spreadsheets.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="Rows; 0: all, as for JSON and CSV.", metavar="N"),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="Seconds it may take.", metavar="S")
    ] = 60,
) -> None:
    """Show a published table, or answer a query; reads nothing else."""
    from journeymine import query as questions
    from journeymine.examples import chosen
    from journeymine.project_file import load_config
    from journeymine.query_formats import FORMATS

    form = chosen_format(as_json=as_json, as_csv=as_csv)
    config = load_config(project, output)
    if example is not None:
        asked, told = chosen(example, asked)
        typer.echo(told, err=True)
    if asked is None:
        asked = questions.LIST_OF_TABLES
    rows = limit if limit is not None else 0 if form != "table" else 50
    asking = questions.answer(config, asked, timeout, is_restricted=restricted)
    with asking as answer:
        FORMATS[form](answer, sys.stdout, rows)
