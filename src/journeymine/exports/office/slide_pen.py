"""Draws slides: a finding as the title, the evidence under it."""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from journeymine.exports.office.tables import clean


def colour_of(code: str) -> RGBColor:
    """Return a colour by its six hexadecimal digits."""
    return RGBColor(*bytes.fromhex(code))


INK, MUTED = colour_of("15181C"), colour_of("5F6872")
LEFT, WIDE = 0.6, 12.13  # inches, of a slide 13.333 wide
NAME = 44  # letters of a name in a table
FONT = "Arial"
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of tables without fills and lines."""

HAIRLINE = (
    f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="B9C0C8"/>'
    "</a:solidFill></a:lnB>"
)


class Box(NamedTuple):
    """A place on a slide, in inches."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        """The same in the library's unit."""
        return Inches(self.x), Inches(self.y), Inches(self.wide), Inches(self.high)


BODY = Box(LEFT, 2.0, WIDE, 4.8)


class Rows(NamedTuple):
    """A table of a slide: its first row is the head.

    `wide` are the shares of its columns in the width; below 0 for numbers, which stand
    to the right.
    """

    rows: Sequence[Sequence[str]]
    wide: Sequence[float]
    size: float = 12


def add_slide(deck: Presentation, words: tuple[str, str], counted: str) -> Slide:
    """Return a new slide with a title and a line; its notes say how it is counted."""
    title, lead = words
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[0])
    if slide.shapes.title is not None:
        slide.shapes.title.text_frame.text = clean(title)
    write(slide, lead, Box(LEFT, 1.3, WIDE, 0.6), 15)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = clean(counted)
    return slide


def write(slide: Slide, text: str, box: Box, size: float) -> None:
    """Write lines of text."""
    frame = slide.shapes.add_textbox(*box.emu).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    _fill(frame, text, size)
    for paragraph in frame.paragraphs:
        paragraph.font.color.rgb = MUTED


def add_table(slide: Slide, told: Rows, box: Box) -> None:
    """Write a native table."""
    high = min(box.high, 0.36 * len(told.rows))
    place = Box(box.x, box.y, box.wide, high).emu
    frame = slide.shapes.add_table(len(told.rows), len(told.wide), *place)
    table: Table = frame.table
    table.horz_banding = False
    (style,) = table._tbl.iter(qn("a:tableStyleId"))
    style.text = PLAIN
    for number, share in enumerate(told.wide):
        table.columns[number].width = Inches(box.wide * abs(share))
    for at, row in enumerate(told.rows):
        table.rows[at].height = Inches(high / len(told.rows))
        for number, text in enumerate(row):
            cell = table.cell(at, number)
            _fill_cell(cell, text, told.size)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.bold = at == 0
                if told.wide[number] < 0:
                    paragraph.alignment = PP_ALIGN.RIGHT


def table_or(slide: Slide, told: Rows, otherwise: str) -> None:
    """Write the table, or the sentence where it has no row but its head."""
    if len(told.rows) > 1:
        add_table(slide, told, BODY)
    else:
        write(slide, otherwise, BODY, 16)


def _fill_cell(cell: _Cell, text: str, size: float) -> None:
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell._tc.get_or_add_tcPr().append(parse_xml(HAIRLINE))
    _fill(cell.text_frame, text, size)


def _fill(frame: TextFrame, text: str, size: float) -> None:
    frame.text = clean(text)
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.name = Pt(size), FONT
        paragraph.font.color.rgb = INK
