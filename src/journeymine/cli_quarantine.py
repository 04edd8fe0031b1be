"""The commands of `journeymine quarantine`: list, show, replay."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from journeymine.cli_options import (
    DEFAULT_PROJECT,
    AsJson,
    Output,
    Project,
    tell_published,
    writing,
)

app = typer.Typer(
    help="List, show and mend records that were set aside.", no_args_is_help=True
)

SourceName = Annotated[
    str | None, typer.Option("--source", help="Of this source only.", metavar="NAME")
]


@app.command("list")
def list_records(
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    source: SourceName = None,
    limit: Annotated[
        int, typer.Option(min=0, help="Records to print; 0: all.", metavar="N")
    ] = 20,
    *,
    as_json: AsJson = False,
) -> None:
    """List what the last run set aside, also if a gate stopped it."""
    from journeymine.project_file import load_config
    from journeymine.quarantine import set_aside

    records = set_aside(load_config(project, output), source)
    if as_json:
        typer.echo(json.dumps([vars(record) for record in records]))
        return
    reasons = Counter((r.id.partition("/")[0], r.reason) for r in records)
    for (name, reason), count in sorted(reasons.items()):
        typer.echo(f"{count:>9,}  {name}: {reason}")
    for record in records[: limit or None]:
        place = record.file if record.line is None else f"{record.file}:{record.line}"
        typer.echo(f"{record.id}  {place}  {record.reason}")
    if limit and len(records) > limit:
        typer.echo(f"... and {len(records) - limit:,} more; --limit 0 prints all")
    if not records:
        typer.echo("nothing was set aside")


@app.command()
def show(
    ids: Annotated[
        list[str] | None, typer.Argument(help="As `list` prints them; default: all.")
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    source: SourceName = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Write them to mend and replay.", metavar="FILE"),
    ] = None,
) -> None:
    """Show the bytes of records, or write them to a file to mend."""
    from journeymine.project_file import load_config
    from journeymine.quarantine import bytes_of, set_aside, write_for_mending

    config = load_config(project, output)
    listed = {record.id: record for record in set_aside(config, source)}
    wanted = list(dict.fromkeys(ids or listed))
    if to:
        with writing(to):
            write_for_mending(config, wanted, to)
        typer.echo(f"{len(wanted)} records in {to}: mend `raw`, then replay the file")
        return
    for name, raw in bytes_of(config, wanted).items():
        typer.echo(f"{name}  {listed[name].reason if name in listed else 'accepted'}")
        sys.stdout.flush()
        sys.stdout.buffer.write(raw if raw.endswith(b"\n") else raw + b"\n")
        sys.stdout.buffer.flush()


@app.command()
def replay(
    mended: Annotated[
        Path | None,
        typer.Argument(help="A file of `show --to`, mended.", metavar="FILE"),
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Put mended records in place, and build again from what was read."""
    from journeymine.locks import output_lock
    from journeymine.project_file import load_config

    config = load_config(project, output)
    with output_lock(config.output):
        from journeymine import quarantine, workflow
        from journeymine.progress import progress

        count = quarantine.mend(config, mended) if mended else 0
        with progress(is_shown=not as_json) as tell:
            published = workflow.publish_run(config, tell)
        if not as_json:
            left = len(quarantine.set_aside(config))
            typer.echo(f"{count:,} records mended, {left:,} still set aside")
        tell_published(published, as_json=as_json)
