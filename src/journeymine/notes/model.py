"""A note, and the file that holds all of them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, ValidationError, model_validator

from journeymine.config_mistakes import line_of
from journeymine.config_sources import Section
from journeymine.errors import ConfigError

FILE = "notes.toml"
ARROW = "->"
PLACES = ("stage", "touchpoint", "transition", "pain_point")

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Day = Annotated[date, Field(strict=True)]
Effort = Literal["XS", "S", "M", "L", "XL"]
Status = Literal["open", "planned", "doing", "done", "dropped"]
Kind = Literal["observation", "idea"]


class Anchor(NamedTuple):
    """Where a note hangs.

    `name` is a stage, a touchpoint, a pain point or the activity that a transition
    leaves; `to` the one that it goes to. A kind `persona` has no name of its own, and
    `journey` is the whole map.
    """

    kind: str
    name: str
    to: str
    persona: str

    @property
    def words(self) -> str:
        """The anchor as a person would write it."""
        name = f"{self.name} {ARROW} {self.to}" if self.to else self.name
        told = f"{self.kind.replace('_', ' ')} {name}".strip()
        if self.persona == "all":
            return told
        return f"persona {self.persona}" + (f", {told}" if name else "")


class Note(Section):
    """What somebody saw, thinks of doing, or takes on, and where.

    At most one of `stage`, `touchpoint`, `transition` ("cart -> payment") and
    `pain_point` says where; `persona` narrows it. Without any it is about all.
    """

    kind: Kind = "observation"
    text: Line | None = None
    stage: Line | None = None
    touchpoint: Line | None = None
    transition: Line | None = None
    pain_point: Line | None = None
    persona: Line | None = None
    author: Line | None = None
    date: Day | None = None
    owner: Line | None = None
    effort: Effort | None = None
    status: Status = "open"

    @model_validator(mode="after")
    def _is_clear(self) -> "Note":
        named = [place for place in PLACES if getattr(self, place)]
        if len(named) > 1:
            message = f"{named[0]} and {named[1]} cannot both hold a note; keep one"
            raise ValueError(message)
        if self.transition and not all(self._ends()):
            message = f'transition: write it as "cart {ARROW} payment"'
            raise ValueError(message)
        if not (self.text or self.owner or self.effort):
            message = "it says nothing; give a text, an owner or an effort"
            raise ValueError(message)
        return self

    @property
    def anchor(self) -> Anchor:
        """Where it hangs."""
        persona = self.persona or "all"
        for place in PLACES:
            if name := getattr(self, place):
                name, to = self._ends() if place == "transition" else (name, "")
                return Anchor(place, name, to, persona)
        return Anchor("persona" if self.persona else "journey", "", "", persona)

    def _ends(self) -> tuple[str, str]:
        left, _, right = (self.transition or "").partition(ARROW)
        return left.strip(), right.strip()


class Notes(Section):
    """The file: one table for each note, by its id."""

    notes: dict[str, Note] = Field(default_factory=dict)


def notes_file(folder: Path) -> Path:
    """Return where the notes of the project file in `folder` are."""
    return folder / FILE


def read_notes(path: Path) -> dict[str, Note]:
    """Return the notes of a file by their ids, in the order of these.

    A file that is not there has none.

    Raises
    ------
    ConfigError
        If it cannot be read, or a note is wrong.
    """
    try:
        return parsed(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}; is it a text file?"
        raise ConfigError(message) from error


def parsed(text: str, path: Path) -> dict[str, Note]:
    """Return the notes that the text of `path` holds, as `read_notes`."""
    try:
        found = Notes.model_validate(tomllib.loads(text)).notes
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: not valid TOML: {error}"
        raise ConfigError(message) from error
    except ValidationError as error:
        message = f"{path}: {line_of(error, Notes)}"
        raise ConfigError(message) from error
    return dict(sorted(found.items()))
