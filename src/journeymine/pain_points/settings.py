"""The settings of pain points, as `cfg_*` tables."""

from collections.abc import Mapping

import duckdb

from journeymine.config import Config
from journeymine.notes import Note, notes_file, read_notes
from journeymine.warehouse import write_table

SIZES = {"XS": 1.0, "S": 2.0, "M": 3.0, "L": 4.0, "XL": 5.0}
"""What the sizes in notes are as numbers: the scale of 1 to 5 of `[efforts]`."""


def write_pain_points(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_efforts`; and `cfg_pain_points`, a row where they are looked for."""
    asked = config.pain_points
    write_table(
        con,
        "cfg_pain_points",
        "min_customers integer, fdr double",
        [(asked.min_customers, asked.fdr)] if asked and config.journey.goal else [],
    )
    write_table(
        con,
        "cfg_efforts",
        "anchor varchar, effort double",
        list(
            {**_noted(read_notes(notes_file(config.folder))), **config.efforts}.items()
        ),
    )


def _noted(notes: Mapping[str, Note]) -> dict[str, float]:
    """Return the least effort that notes give for each place.

    A note whose idea is dropped gives none: nobody will go to it.
    """
    efforts: dict[str, float] = {}
    for note in notes.values():
        anchor = note.anchor
        if note.effort and note.status != "dropped":
            place = f"{anchor.name} > {anchor.to}" if anchor.to else anchor.name
            size = SIZES[note.effort]
            efforts[place] = min(size, efforts.get(place, size))
    return efforts
