"""The command `journeymine paths`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journeymine.cli_options import (
    DEFAULT_PROJECT,
    AsJson,
    Output,
    Project,
    chosen_format,
)

if TYPE_CHECKING:
    from journeymine.query import Answer

NAMED = """
select
    pattern, definition, journeys, share, customers, conversion_rate,
    conversion_rate_without
from fct_patterns
where persona = 'all' and segment = 'all'
order by pattern
"""
LONGEST_LINE = 100


def paths(  # noqa: PLR0913 - a command has as many arguments as it has options
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="PATTERN",
            help="As cart -> !checkout* -> support, or the name of one of [patterns];"
            " default: sum up all of these.",
        ),
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    listed: Annotated[
        bool, typer.Option("--list", help="List the journeys instead.")
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
    """Show the journeys that follow a pattern, and how they end."""
    from journeymine import query as questions
    from journeymine.patterns.selection import list_query, summary_query
    from journeymine.project_file import load_config
    from journeymine.query_formats import FORMATS

    form = chosen_format(as_json=as_json, as_csv=as_csv)
    config = load_config(project, output)
    query = NAMED
    if asked is not None:
        pattern = config.patterns.get(asked, asked)
        make = list_query if listed else summary_query
        query = make(config, pattern, timeout)
    rows = limit if limit is not None else 0 if form != "table" else 50
    with questions.answer(config, query, timeout) as answer:
        if form == "table" and asked is not None and not listed:
            for line in _told(answer):
                typer.echo(line)
        else:
            FORMATS[form](answer, sys.stdout, rows)


def _told(answer: "Answer") -> Iterator[str]:
    """Yield the one row of a summary as lines for people."""
    from journeymine.query_formats import printable

    (row,) = answer.rows
    of: dict[str, Any] = dict(zip(answer.columns, row, strict=True))
    yield f"pattern    {printable(of['pattern'])}"
    yield (
        f"journeys   {of['journeys']:,} of {of['all_journeys']:,}{_share(of['share'])},"
        f" by {of['customers']:,} customers"
    )
    outcomes = ("converted", "exited", "abandoned", "in_progress")
    yield "outcomes   " + ", ".join(
        f"{of[name]:,} {name.replace('_', ' ')}" for name in outcomes
    )
    yield (
        f"converted  {_rate(of, 'conversion_rate')}; without the pattern"
        f" {_rate(of, 'conversion_rate_without')}; of those not in progress"
    )
    for example in of["examples"]:
        line = printable(f"{example['journey_id']}: {example['variant']}")
        cut = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..."
        yield f"example    {cut}"


def _share(share: float | None) -> str:
    return "" if share is None else f" ({share:.1%})"


def _rate(of: dict[str, Any], name: str) -> str:
    if of[name] is None:
        return "nobody yet"
    return f"{of[name]:.1%} ({of[f'{name}_low']:.1%} to {of[f'{name}_high']:.1%})"
