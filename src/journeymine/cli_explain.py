"""The command `journeymine explain`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from journeymine.cli_options import DEFAULT_PROJECT, AsJson, Output, Project

if TYPE_CHECKING:
    from journeymine.figures.explain import Explained


def explain(  # noqa: PLR0913 - a command has as many arguments as it has options
    asked: Annotated[
        str, typer.Argument(metavar="TABLE.COLUMN", help="As fct_funnel.reached.")
    ],
    where: Annotated[
        str | None,
        typer.Option(
            help="Which row, in SQL: \"funnel = 'checkout' and step_index = 3\";"
            " default: the first one.",
            metavar="CONDITION",
        ),
    ] = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    restricted: Annotated[
        bool,
        typer.Option(
            "--restricted", help="Ask the full tables that [privacy] min_cell keeps."
        ),
    ] = False,
    as_json: AsJson = False,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="Seconds it may take.", metavar="S")
    ] = 60,
) -> None:
    """Tell how a published figure is counted, and count it again."""
    from journeymine.figures.explain import explain as explained
    from journeymine.project_file import load_config

    config = load_config(project, output)
    told = explained(config, asked, where, timeout, is_restricted=restricted)
    typer.echo(_as_json(told) if as_json else _as_text(told))


def _as_json(told: "Explained") -> str:
    facts = {**vars(told), "is_same": told.is_same if told.query else None}
    return json.dumps(facts, ensure_ascii=False, default=str)


def _as_text(told: "Explained") -> str:
    from journeymine.query_formats import printable, shown

    row = ", ".join(f"{name} = {shown(value)}" for name, value in told.key.items())
    more = "" if told.matching == 1 else f" (the first of {told.matching:,})"
    lines = [
        f"figure   {told.table}.{told.column} = {shown(told.value) or 'null'}",
        f"row      {row}{more}",
        f"meaning  {told.meaning}",
        f"how      {told.how}",
    ]
    if told.query is not None:
        verdict = "the same" if told.is_same else "NOT the same"
        if told.counted is None and not told.is_same:
            verdict = "the published tables cannot tell it"
        lines += [
            f"again    {shown(told.counted) or 'null'}: {verdict}, by this query",
            "",
            printable(told.query.rstrip()),
        ]
    return "\n".join(lines)
