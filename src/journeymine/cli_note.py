"""The commands of `journeymine note`: add, list, resolve."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from journeymine.cli_options import DEFAULT_PROJECT, AsJson, Output, Project
from journeymine.errors import ConfigError, JourneymineError

if TYPE_CHECKING:
    from journeymine.config import Config

app = typer.Typer(
    help="Keep what the team knows and plans beside the project file.",
    no_args_is_help=True,
)

Text = Annotated[str | None, typer.Argument(help="What there is to say.")]
Stage = Annotated[str | None, typer.Option(help="It is about this stage.")]
Touchpoint = Annotated[str | None, typer.Option(help="... this touchpoint.")]
Transition = Annotated[
    str | None, typer.Option(help='... this transition, as "cart -> payment".')
]
PainPoint = Annotated[str | None, typer.Option(help="... this pain point.")]
Persona = Annotated[str | None, typer.Option(help="... this persona.")]
Author = Annotated[str | None, typer.Option(help="Who says it.")]
Owner = Annotated[str | None, typer.Option(help="Who takes care of it.")]
Effort = Annotated[str | None, typer.Option(help="XS, S, M, L or XL.")]

PUBLISHED = "select note_id, is_lost from fct_notes"


@app.command()
def add(  # noqa: PLR0913 - a command has as many arguments as it has options
    text: Text = None,
    stage: Stage = None,
    touchpoint: Touchpoint = None,
    transition: Transition = None,
    pain_point: PainPoint = None,
    persona: Persona = None,
    *,
    idea: Annotated[
        bool, typer.Option("--idea", help="An idea, not an observation.")
    ] = False,
    author: Author = None,
    owner: Owner = None,
    effort: Effort = None,
    project: Project = DEFAULT_PROJECT,
) -> None:
    """Add a note, an owner or an effort; the next run shows it on the map."""
    from pydantic import ValidationError

    from journeymine.config_mistakes import line_of
    from journeymine.notes import Note, add_note, notes_file

    folder = _loaded(project).folder
    given = {
        "kind": "idea" if idea else "observation",
        "text": text,
        "stage": stage,
        "touchpoint": touchpoint,
        "transition": transition,
        "pain_point": pain_point,
        "persona": persona,
        "author": author,
        "owner": owner,
        "effort": effort,
        "date": datetime.now(UTC).date(),
    }
    try:
        note = Note.model_validate(given)
    except ValidationError as error:
        message = f"note: {line_of(error, Note)}"
        raise ConfigError(message) from error
    number = add_note(notes_file(folder), note)
    typer.echo(f"{number}  {note.anchor.words}")


@app.command("list")
def list_notes(
    project: Project = DEFAULT_PROJECT,
    output: Output = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is done or dropped.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the notes, and whose place the newest run no longer has."""
    from journeymine.notes import notes_file, read_notes

    config = _loaded(project, output)
    notes = read_notes(notes_file(config.folder))
    places = _published(config)
    told = [
        {
            "note_id": number,
            "anchor": note.anchor.words,
            "is_lost": places.get(number),
            **note.model_dump(mode="json"),
        }
        for number, note in notes.items()
        if everything or note.status not in ("done", "dropped")
    ]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in told:
        place = f"{one['note_id']}  {one['status']:<7}  {one['anchor']}"
        lost = "  (this place is gone)" if one["is_lost"] else ""
        parts = [one["text"], one["owner"] and f"owner {one['owner']}"]
        parts += [one["effort"] and f"effort {one['effort']}"]
        typer.echo(f"{place}{lost}: {'; '.join(filter(None, parts))}")
    if not told:
        typer.echo("no notes")


@app.command()
def resolve(
    note_id: Annotated[str, typer.Argument(help="As `note list` shows it.")],
    status: Annotated[
        str, typer.Option(help="done, dropped, doing, planned or open.")
    ] = "done",
    project: Project = DEFAULT_PROJECT,
) -> None:
    """Say that a note is done, or set another status."""
    from journeymine.notes import notes_file, settle_note
    from journeymine.notes.model import Status

    for known in get_args(Status):
        if status == known:
            settle_note(notes_file(_loaded(project).folder), note_id, known)
            typer.echo(f"{note_id}  {status}")
            return
    message = f"--status {status}: not known; write {', '.join(get_args(Status))}"
    raise ConfigError(message)


def _loaded(project: Project, output: Output = None) -> "Config":
    from journeymine.project_file import load_config

    return load_config(project, output)


def _published(config: "Config") -> dict[str, bool]:
    """Return which notes the newest run knows, and whether their place was gone."""
    from journeymine.query import answer

    try:
        with answer(config, PUBLISHED, 60) as found:
            return {str(number): bool(is_lost) for number, is_lost in found.rows}
    except JourneymineError:  # nothing is published yet
        return {}
