"""The command `journeymine report`."""

from typing import Annotated

import typer

from journeymine.cli_options import DEFAULT_PROJECT, Output, Project

Persona = Annotated[
    str | None,
    typer.Option(help="Only this persona, by key or name.", metavar="PERSONA"),
]
Segment = Annotated[
    str | None, typer.Option(help="Only this segment.", metavar="NAME=VALUE")
]
Period = Annotated[
    str | None, typer.Option(help="Only who entered in a month.", metavar="YYYY-MM")
]
Funnel = Annotated[str | None, typer.Option(help="Only this funnel.", metavar="FUNNEL")]


def report(  # noqa: PLR0913 - a command has as many arguments as it has options
    persona: Persona = None,
    segment: Segment = None,
    period: Period = None,
    funnel: Funnel = None,
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
) -> None:
    """Draw the published tables again, to OUTPUT/report; or a part of them."""
    from journeymine.project_file import load_config
    from journeymine.report.narrowing import Part
    from journeymine.workflow import draw_report

    part = Part(persona, segment, period, funnel)
    typer.echo(f"report    {draw_report(load_config(project, output), part)}")
