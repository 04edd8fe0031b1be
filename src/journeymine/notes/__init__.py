"""Notes: what the team knows and plans, in a file beside the project file."""

from journeymine.notes.editing import add_note, settle_note
from journeymine.notes.model import Note, notes_file, read_notes
from journeymine.notes.tables import write_notes

__all__ = [
    "Note",
    "add_note",
    "notes_file",
    "read_notes",
    "settle_note",
    "write_notes",
]
