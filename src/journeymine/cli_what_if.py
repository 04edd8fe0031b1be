"""The command `journeymine what-if`."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from journeymine.cli_options import DEFAULT_PROJECT, AsJson, Output, Project

if TYPE_CHECKING:
    from journeymine.pain_points.what_if import Outcome


def what_if(  # noqa: PLR0913 - a command has as many arguments as it has options
    step: Annotated[
        str,
        typer.Option(
            help="FUNNEL.STEP, by name or position; or the name of an activity.",
            metavar="PLACE",
        ),
    ],
    rate: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            help="Of those there, the share that would leave.",
            metavar="SHARE",
        ),
    ],
    persona: Annotated[
        str, typer.Option(help="Only of this persona.", metavar="P")
    ] = "all",
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say what it would bring if another share left at a place; runs nothing."""
    from journeymine.pain_points import what_if as scenarios
    from journeymine.project_file import load_config

    config = load_config(project, output)
    found = scenarios.what_if(config, scenarios.Asked(step, rate, persona))
    if as_json:
        typer.echo(json.dumps(found.facts()))
        return
    for line in _told(found):
        typer.echo(line)


def _told(found: "Outcome") -> Iterator[str]:
    whose = "" if found.persona == "all" else f", persona {found.persona}"
    yield f"place      {found.place}{whose}"
    yield f"now        {found.leave_now:.1%} of {found.units:,} leave"
    yield f"then       {found.leave_then:.1%} leave"
    yield (
        f"uplift     {found.uplift:+,.1f} conversions ({found.uplift_low:+,.1f} to"
        f" {found.uplift_high:+,.1f}); there were {found.conversions:,}"
    )
    if found.value is None:
        yield "value      not known: no amount of a goal in the currency of the project"
    else:
        yield (
            f"value      {found.value:+,.0f} {found.currency} ({found.value_low:+,.0f}"
            f" to {found.value_high:+,.0f})"
        )
