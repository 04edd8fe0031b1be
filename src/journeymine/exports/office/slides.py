"""The slides: eight, each with a finding, native charts and tables to be edited."""

import io
from pathlib import Path

from journeymine.exports.formats import Counts
from journeymine.exports.office.content import Content
from journeymine.exports.office.extra import need_office
from journeymine.exports.office.packed import packed_again
from journeymine.exports.office.tables import clean, made_at
from journeymine.report.ground import Ground


def write_slides(ground: Ground, path: Path) -> Counts:
    """Write the slides, and return how many slides, charts and tables there are."""
    need_office("pptx")
    # An extra: what draws the slides imports it too.
    from pptx import Presentation  # noqa: PLC0415
    from pptx.util import Inches  # noqa: PLC0415

    from journeymine.exports.office.deck import fill, keep_one_layout  # noqa: PLC0415

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    keep_one_layout(deck)
    about = deck.core_properties
    about.title = clean(f"Customer journeys: {ground.facts.project}")[:255]
    about.author = about.last_modified_by = "journeymine"
    about.created = about.modified = made_at(ground.facts)
    fill(deck, Content(ground))
    told = io.BytesIO()
    deck.save(told)
    path.write_bytes(packed_again(told.getvalue()))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    return {
        "slides": len(deck.slides),
        "charts": sum(shape.has_chart for shape in shapes),
        "tables": sum(shape.has_table for shape in shapes),
    }
