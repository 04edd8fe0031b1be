"""The team's notes: numbered on the map, listed under it."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.cells.homes import Homes
from journeymine.report.facts import Facts
from journeymine.report.reader import Row

LETTERS = 400
"""Of a note in the list; the whole stands in the file of the notes."""


@dataclass(frozen=True)
class Note:
    """A note with its number on the map; `place` is what it hangs on."""

    number: int
    text: str
    told: str
    place: str
    stage: str
    effort: str
    is_idea: bool
    is_lost: bool
    anchor: str


def read_notes(rows: list[Row], homes: Homes, facts: Facts) -> list[Note]:
    """Return the notes that say something, and all whose place is gone."""
    said = [row for row in rows if row.text or row.effort or row.is_lost]
    return [
        Note(
            number=number,
            text=words.shorten(row.text or _wordless(row), LETTERS),
            told=_told(row),
            place=_place(row, facts),
            stage="" if row.is_lost else homes.of_note(row),
            effort=row.effort or "",
            is_idea=row.kind == "idea",
            is_lost=bool(row.is_lost),
            anchor=f"{row.anchor} > {row.anchor_to}" if row.anchor_to else row.anchor,
        )
        for number, row in enumerate(said, 1)
    ]


def _wordless(row: Row) -> str:
    return f"Owner: {row.owner}" if row.owner else "No text"


def _told(row: Row) -> str:
    """Say who wrote it, when, how it stands and who takes it on."""
    parts = [row.author or ""]
    if row.noted_on:
        parts.append(f"{row.noted_on.day} {row.noted_on:%B %Y}")
    parts.append("idea" if row.kind == "idea" else "observation")
    parts.append(row.status or "")
    parts.append(f"owner {row.owner}" if row.owner and row.text else "")
    parts.append(f"effort {row.effort}" if row.effort else "")
    return ", ".join(part for part in parts if part)


def _place(row: Row, facts: Facts) -> str:
    if row.anchor_kind == "journey" and row.persona == "all":
        return "the whole journey"
    kinds = {"stage": "stage", "touchpoint": "touchpoint", "transition": "the way from"}
    names = [words.label(one) for one in (row.anchor, row.anchor_to) if one]
    where = f"{kinds.get(row.anchor_kind, 'at')} “{'” to “'.join(names)}”"
    if row.persona == "all":
        return where
    who = f"persona “{facts.label_of(row.persona)}”"
    return who if row.anchor_kind in ("persona", "journey") else f"{where}, {who}"
