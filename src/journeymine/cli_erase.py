"""The command `journeymine erase`."""

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from journeymine.cli_options import DEFAULT_PROJECT, AsJson, Output, Project
from journeymine.errors import ConfigError

if TYPE_CHECKING:
    from journeymine.config import Config
    from journeymine.erasing.erasure import Erased
    from journeymine.erasing.persons import Extent, Person


def erase(  # noqa: PLR0913 - a command has as many arguments as it has options
    identifiers: Annotated[
        list[str] | None,
        typer.Option(
            "--identifier", help="Of the person; may be repeated.", metavar="TYPE=VALUE"
        ),
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    is_list: Annotated[
        bool, typer.Option("--list", help="Only list what was erased so far.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person from all that was read, built and published, and prove it."""
    from journeymine.erasing.identifiers import given_as
    from journeymine.locks import output_lock
    from journeymine.project_file import load_config

    config = load_config(project, output)
    if is_list:
        _list(config, as_json=as_json)
        return
    given = [given_as(config, text) for text in identifiers or []]
    with output_lock(config.output):
        from journeymine.erasing import erasure, searching
        from journeymine.progress import progress

        person, extent = searching.search(config, given)
        if searching.unfinished(config):
            typer.echo("An erasure that was stopped is completed with it.", err=True)
        _tell_extent(person, extent)
        if not yes:
            _ask()
        with progress(is_shown=not as_json) as tell:
            erased = erasure.erase(config, person, tell)
        _tell_erased(config, erased, as_json=as_json)


def _tell_extent(person: "Person", extent: "Extent") -> None:
    """Say what will go, for people."""
    count = len(person.customers)
    customers = f"{count} customer{'' if count == 1 else 's'}"
    kinds = Counter(one.kind for one in person.identifiers)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
    records = ", ".join(f"{count:,} {name}" for name, count in extent.records.items())
    lines = {
        "person": f"{customers}: {told}",
        "records": f"{sum(extent.records.values()):,}: {records or 'none'}",
        "files": f"{extent.contents:,} landed contents hold them",
    }
    for name, line in lines.items():
        typer.echo(f"{name:<9} {line}", err=True)
    if extent.of_others:
        typer.echo(
            f"Warning: {extent.of_others:,} events of other customers name the person"
            " too, and go",
            err=True,
        )


def _list(config: "Config", *, as_json: bool) -> None:
    """Print the log of erasures."""
    from journeymine.erasing.log import read_log

    log = read_log(config.output)
    if as_json:
        typer.echo(json.dumps(log))
        return
    for entry in log:
        counts = (entry["customers"], len(entry["identifiers"]), entry["records"])
        told = "{:,} customers, {:,} identifiers, {:,} records".format(*counts)
        typer.echo(f"{entry['erased_at'][:19]}  {told}, {entry['hits']} hits after it")
    if not log:
        typer.echo("nobody was erased")


def _ask() -> None:
    if not sys.stdin.isatty():
        message = "erase: nobody can be asked here; look at the lines above, add --yes"
        raise ConfigError(message)
    typer.confirm("Erase all of it, and all older snapshots?", abort=True, err=True)


def _tell_erased(config: "Config", erased: "Erased", *, as_json: bool) -> None:
    scan = erased.scan
    if as_json:
        told = {
            "records": erased.records,
            "exports_removed": erased.removed,
            "project_files": erased.project_files,
            "snapshot": erased.snapshot,
            "proof": vars(scan),
        }
        typer.echo(json.dumps(told))
        return
    typer.echo(f"{'erased':<9} {erased.records:,} records")
    for file in erased.removed:
        typer.echo(f"{'removed':<9} {config.output / file}")
    typer.echo(
        f"{'proof':<9} {scan.files:,} files, {scan.bytes:,} bytes and {scan.cells:,}"
        f" cells looked through: {sum(scan.hits.values())} hits"
    )
    for file in erased.project_files:
        typer.echo(f"Warning: {file} still holds the person: clean it there", err=True)
