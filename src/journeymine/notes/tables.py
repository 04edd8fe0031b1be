"""The notes of the team, as a small table that the models join."""

import duckdb

from journeymine.config import Config
from journeymine.notes.model import notes_file, read_notes
from journeymine.privacy import masked
from journeymine.warehouse import write_table

COLUMNS = """
note_id varchar, kind varchar, text varchar, author varchar, noted_on date,
owner varchar, effort varchar, status varchar, anchor_kind varchar, anchor varchar,
anchor_to varchar, persona varchar, place varchar
"""


def write_notes(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_notes`: one row per note of the file beside the project file.

    With `[privacy]`, addresses and numbers in them are tokens here.
    """

    def told(text: str | None) -> str | None:
        return None if text is None else masked(config, text)

    write_table(
        con,
        "cfg_notes",
        COLUMNS,
        [
            (
                number,
                note.kind,
                told(note.text),
                told(note.author),
                note.date,
                told(note.owner),
                note.effort,
                note.status,
                note.anchor.kind,
                note.anchor.name,
                note.anchor.to,
                note.anchor.persona,
                note.anchor.words,
            )
            for number, note in read_notes(notes_file(config.folder)).items()
        ],
    )
