"""Draws tables and maps on the sheets of a workbook, in the colours of the report."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from journeymine.exports.grid import Grid, Map
from journeymine.exports.office.map_rows import about, columns, map_rows
from journeymine.exports.office.tables import Block, Cell, Sheet, Value, clean
from journeymine.report.facts import Facts

INK, MUTED, LINE, DROP, PAPER = "#15181C", "#5F6872", "#B9C0C8", "#B8430C", "#F3F4F6"
LONGEST = 32_767  # letters that a cell can hold
HIGH = 13  # points of a line of text
TALLEST = 400  # points that a row can have, less a little

NUMBERS = {
    "count": "#,##0",
    "number": "#,##0.0;\N{MINUS SIGN}#,##0.0;0",
    "share": "0.0%;\N{MINUS SIGN}0.0%;0.0%",
    "bar": "0.0%",
    "signed": "+0.00;\N{MINUS SIGN}0.00;0.00",
    "money": "#,##0;\N{MINUS SIGN}#,##0;0",
    "small": "0.000",
    "day": "yyyy-mm-dd",
}
"""How a kind of value is shown; what is null stays empty."""

Any_ = Any  # XlsxWriter ships no types


class Pen:
    """Writes sheets into one workbook."""

    def __init__(self, book: Any_, facts: Facts) -> None:
        self.book = book
        self.facts = facts
        self.look = cache(self._look)

    def sheet(self, sheet: Sheet) -> None:
        """Write a sheet: its finding, what it counts, its tables."""
        page = self._page(sheet.name, sheet.title, sheet.lead)
        row = 3
        for block in sheet.blocks:
            row = self._block(page, block, row) + 2
        (first, *more) = sheet.blocks
        for number, column in enumerate(first.columns):
            page.set_column(number, number, column.wide)
        if not more and first.rows:
            last = 3 + len(first.rows)
            page.autofilter(3, 0, last, len(first.columns) - 1)
            page.freeze_panes(4, 2)
            page.repeat_rows(3)

    def map(self, one: Map, grid: Grid, name: str) -> None:
        """Write a map: a column per stage, a row per lane."""
        page = self._page(name, f"Journey map: {one.name}", about(one))
        stages = [stage.name for stage in columns(one)]
        page.set_column(0, 0, 22)
        page.set_column(1, len(stages), 36)
        for number, heading in enumerate(("", *stages)):
            self._write(page, (3, number), heading, "head")
        page.freeze_panes(4, 1)
        page.repeat_rows(3)
        at, part = 3, ""
        for row in map_rows(one, grid):
            if row.part != part:
                at, part = at + 1, row.part
                for number in range(len(stages) + 1):
                    self._write(page, (at, number), "" if number else part, "group")
            at += 1
            self._write(page, (at, 0), row.name, "lane")
            for number, value in enumerate(row.cells, 1):
                self._value(page, (at, number), value, "cell")
            page.set_row(at, _height(row.cells, [36] * len(row.cells)))

    def _page(self, name: str, title: str, lead: str) -> Any_:
        page = self.book.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.set_footer("&L&8&A&R&8&P / &N")
        self._write(page, (0, 0), title, "title")
        self._write(page, (1, 0), lead, "lead")
        page.set_row(0, 28)
        return page

    def _block(self, page: Any_, block: Block, row: int) -> int:
        """Write a table, and return the row after it."""
        if block.heading:
            self._write(page, (row, 0), block.heading, "heading")
            row += 1
        if not block.rows:
            self._write(page, (row, 0), block.empty, "lead")
            return row + 1
        for number, column in enumerate(block.columns):
            look = "head" if column.kind == "text" else "head right"
            self._write(page, (row, number), column.name, _at_margin(look, number))
        for values in block.rows:
            row += 1
            for number, (column, value) in enumerate(
                zip(block.columns, values, strict=True)
            ):
                kind = _at_margin(column.kind, number)
                self._value(page, (row, number), value, kind)
            page.set_row(row, _height(values, [one.wide for one in block.columns]))
        self._bars(page, block, row)
        return row + 1

    def _bars(self, page: Any_, block: Block, last: int) -> None:
        """Lay a bar under shares: how much of the whole they are."""
        for number, column in enumerate(block.columns):
            if column.kind == "bar":
                is_loss = column.name == "Rate"
                page.conditional_format(
                    *(last - len(block.rows) + 1, number, last, number),
                    {
                        "type": "data_bar",
                        "bar_color": "#F0C3AD" if is_loss else "#C3CAD3",
                        "bar_solid": True,
                        "min_type": "num",
                        "min_value": 0,
                        "max_type": "num",
                        "max_value": 1,
                    },
                )

    def _value(
        self, page: Any_, at: tuple[int, int], value: Value | Cell, kind: str
    ) -> None:
        if isinstance(value, Cell):
            kind = f"{kind} {value.kind}"
            value = value.value
        elif kind == "cell" and isinstance(value, int):
            kind = "cell count"
        if value is None or isinstance(value, str):
            self._write(page, at, value or "", kind)
        elif isinstance(value, date):
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001  a day
            page.write_datetime(*at, day, self.look(kind))
        else:
            page.write_number(*at, float(value), self.look(kind))

    def _write(self, page: Any_, at: tuple[int, int], text: str, kind: str) -> None:
        """Write text as text, whatever it looks like."""
        told = clean(text)
        cut = told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"
        if cut:
            page.write_string(*at, cut, self.look(kind))
        else:
            page.write_blank(*at, None, self.look(kind))

    def _look(self, kind: str) -> Any_:
        """Return the format of a kind of cell."""
        base = {"font_name": "Arial", "font_size": 10, "font_color": INK}
        found = {**base, "valign": "top"}
        for part in kind.split():
            found |= LOOKS.get(part, {})
            if part in NUMBERS:
                side = "left" if "cell" in kind else "right"
                found |= {"num_format": NUMBERS[part], "align": side}
        return self.book.add_format(found)


LOOKS: dict[str, dict[str, Any_]] = {
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "title": {"font_size": 18, "bold": True, "valign": "vcenter"},
    "lead": {"font_color": MUTED},
    "heading": {"font_size": 12, "bold": True},
    "head": {"bold": True, "bottom": 1, "bottom_color": INK, "text_wrap": True}
    | {"align": "left", "indent": 1},
    "first": {"indent": 0},
    "right": {"align": "right", "indent": 0},
    "group": {"bold": True, "bg_color": PAPER, "top": 1, "top_color": LINE},
    "lane": {"bold": True, "font_color": MUTED, "text_wrap": True}
    | {"bottom": 4, "bottom_color": LINE},
    "cell": {"text_wrap": True, "align": "left", "bottom": 4, "bottom_color": LINE},
}


def _at_margin(look: str, column: int) -> str:
    """Return the look of a cell: the first column begins where headings do."""
    return look if column else f"{look} first"


def _height(cells: Sequence[Value | Cell], wide: Sequence[int]) -> float:
    """Return how high a row must be: who only shows a workbook does not work it out."""
    lines = [
        sum(1 + int(len(line) / (1.1 * letters)) for line in cell.split("\n"))
        for cell, letters in zip(cells, wide, strict=True)
        if isinstance(cell, str)
    ]
    return min(TALLEST, HIGH * max([1, *lines]) + 3)
