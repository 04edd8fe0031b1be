"""The `journeymine` command."""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from journeymine import (
    cli_connectors,
    cli_erase,
    cli_explain,
    cli_export,
    cli_note,
    cli_paths,
    cli_quarantine,
    cli_query,
    cli_report,
    cli_what_if,
)
from journeymine.cli_options import DEFAULT_PROJECT, AsJson, Output, Project, writing
from journeymine.errors import JourneymineError

app = typer.Typer(
    help="Reconstruct the journeys customers take, and show where they drop off.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain lines read the same in a terminal and in a log
)
app.add_typer(cli_quarantine.app, name="quarantine")
app.add_typer(cli_note.app, name="note")

INTERRUPTED = 130


def main() -> None:
    """Run the command line; a user's mistake is one line and an exit code."""
    try:
        app()
    except JourneymineError as error:
        line = " ".join(str(error).split())
        sys.stderr.write(f"Error: {line}\n")
        sys.exit(error.exit_code)
    except SystemExit as leaving:  # Typer ends so on Ctrl-C, and says nothing
        if leaving.code == INTERRUPTED:
            sys.stderr.write("Stopped. What was published before still stands.\n")
        raise


@app.callback(invoke_without_command=True)
def _root(
    *,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.")
    ] = False,
) -> None:
    if show_version:
        typer.echo(version("journeymine"))
        raise typer.Exit


@app.command()
def run(
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    as_json: AsJson = False,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="Threads; default: one per core.", metavar="N"),
    ] = None,
) -> None:
    """Read the sources, build all tables and the report, publish."""
    from journeymine.locks import output_lock
    from journeymine.project_file import load_config

    config = load_config(project, output)
    with output_lock(config.output):
        from journeymine import workflow
        from journeymine.cli_options import tell_published
        from journeymine.progress import progress

        with progress(is_shown=not as_json) as tell:
            published = workflow.run(config, tell, threads)
        tell_published(published, as_json=as_json)


@app.command()
def verify(project: Project = DEFAULT_PROJECT, output: Output = None) -> None:
    """Check that what is published is still as it was published."""
    from journeymine.project_file import load_config
    from journeymine.verify import verify

    snapshot, files = verify(load_config(project, output))
    typer.echo(f"{snapshot.name}: {files} files, all as they were published")


app.command()(cli_query.query)
app.command()(cli_explain.explain)
app.command()(cli_paths.paths)
app.command()(cli_report.report)
app.command("what-if")(cli_what_if.what_if)
app.command()(cli_export.export)
app.command()(cli_erase.erase)
app.command()(cli_connectors.connectors)


@app.command()
def sample(
    customers: Annotated[
        int, typer.Option(min=1, help="How many.", metavar="N")
    ] = 2000,
    seed: Annotated[
        int, typer.Option(min=0, help="Another seed, other people.", metavar="S")
    ] = 7,
    output: Annotated[
        Path, typer.Option(help="Folder to write to.", metavar="DIR")
    ] = Path("sample"),
) -> None:
    """Make up a shop's half year, with project file and truth."""
    from journeymine.sample import generate

    with writing(output):
        generate(customers, seed, output)
    typer.echo(f"project   {output / 'journeymine.toml'}")


@app.command()
def init(
    project: Project = DEFAULT_PROJECT,
) -> None:
    """Write a project file to fill in."""
    from journeymine.project_template import write_template

    with writing(project):
        write_template(project)
    typer.echo(f"project   {project}")


@app.command()
def models(
    *,
    as_json: AsJson = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print docs/tables.md.")
    ] = False,
) -> None:
    """List the SQL models in build order, with their keys."""
    from journeymine.models import Model
    from journeymine.plan import build_order
    from journeymine.steps import STEPS

    if as_markdown:
        from journeymine.table_docs import markdown

        typer.echo(markdown(), nl=False)
        return
    found = [node for node in build_order(STEPS) if isinstance(node, Model)]
    if as_json:
        listed = [
            {"layer": m.layer, "name": m.name, "key": m.key, "grain": m.description}
            for m in found
        ]
        typer.echo(json.dumps(listed))
        return
    for model in found:
        typer.echo(f"{model.layer}/{model.name}  ({', '.join(model.key)})")


if __name__ == "__main__":
    main()
