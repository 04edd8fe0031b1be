"""The workbook inside a chart: the numbers that a person edits there."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook

from journeymine.exports.office.packed import packed_again
from journeymine.exports.office.tables import EPOCH, SAFE, clean


class Series(NamedTuple):
    """A series of a chart, in a colour; what is null leaves a gap."""

    name: str
    values: Sequence[float | None]
    colour: str


def chart_book(categories: Sequence[str], series: Sequence[Series]) -> bytes:
    """Return the workbook, where the chart looks for its cells.

    The one that python-pptx writes would calculate a name that begins like a formula.
    """
    told = io.BytesIO()
    book = Workbook(told, SAFE)
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    for row, name in enumerate(categories, 1):
        sheet.write_string(row, 0, clean(name))
    for column, one in enumerate(series, 1):
        sheet.write_string(0, column, clean(one.name))
        for row, value in enumerate(one.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return packed_again(told.getvalue())
