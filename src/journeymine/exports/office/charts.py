"""Native charts of slides: edited in the program that shows them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.series import LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Pt

from journeymine.exports.office.chart_book import Series, chart_book
from journeymine.exports.office.slide_pen import FONT, INK, Box, colour_of
from journeymine.exports.office.tables import clean

VOLUME, PROGRESS, DROPPED = "5A6A7C", "C3CAD3", "F0C3AD"
STACKED, BARS, LINE = (
    XL_CHART_TYPE.BAR_STACKED,
    XL_CHART_TYPE.BAR_CLUSTERED,
    XL_CHART_TYPE.LINE_MARKERS,
)
TARGET = "Target"
MANY = 12  # names along an axis
GRID = colour_of("E1E4E8")


class Drawn(NamedTuple):
    """A chart as what it shows; `form` is the format of its numbers."""

    kind: XL_CHART_TYPE
    categories: Sequence[str]
    series: Sequence[Series]
    form: str
    alt: str
    scale: tuple[float | None, float | None] = (0, None)


def add_chart(slide: Slide, drawn: Drawn, box: Box) -> None:
    """Draw a native chart with its numbers beside its marks."""
    data = ChartData(number_format=drawn.form)
    data.categories = [clean(name) for name in drawn.categories]
    for series in drawn.series:
        data.add_series(clean(series.name), series.values)
    # Its types leave out what a shape with a chart has.
    frame: Any = slide.shapes.add_chart(drawn.kind, *box.emu, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(drawn.alt))
    chart: Chart = frame.chart
    book = chart_book(drawn.categories, drawn.series)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(book)
    is_long = len(drawn.categories) > MANY
    chart.font.size, chart.font.name = Pt(8 if is_long else 12), FONT
    chart.font.color.rgb = INK
    chart.has_title = False
    chart.has_legend = len(drawn.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _dress_axes(chart, drawn)
    _dress_series(chart, drawn)


def _dress_axes(chart: Chart, drawn: Drawn) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale, value.maximum_scale = drawn.scale
    value.major_gridlines.format.line.color.rgb = GRID
    value.format.line.fill.background()
    value.tick_labels.number_format = drawn.form
    value.tick_labels.number_format_is_linked = False
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    # Where the scale goes below 0, names stand below all of it.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if drawn.kind != LINE:
        category.reverse_order = True  # the first name stands above
        value.visible = value.has_major_gridlines = False


def _dress_series(chart: Chart, drawn: Drawn) -> None:
    plot = chart.plots[0]
    if drawn.kind != LINE:
        plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.number_format = drawn.form
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(11)
    for series, told in zip(plot.series, drawn.series, strict=True):
        colour = colour_of(told.colour)
        if drawn.kind == LINE:
            _dress_line(series, colour, is_target=told.name == TARGET)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
    if drawn.kind == LINE:
        plot.data_labels.position = XL_LABEL_POSITION.ABOVE
    if drawn.kind == STACKED:
        first = plot.series[0].data_labels
        first.show_value = True
        first.number_format, first.number_format_is_linked = drawn.form, False
        first.font.size = Pt(11)
        first.font.color.rgb = colour_of("FFFFFF")


def _dress_line(series: LineSeries, colour: RGBColor, *, is_target: bool) -> None:
    """Draw the measured with its points; a target is dotted, and told beside."""
    series.smooth = False
    series.format.line.color.rgb = colour
    if is_target:
        series.format.line.dash_style = MSO_LINE.ROUND_DOT
        series.marker.style = XL_MARKER_STYLE.NONE
        series.data_labels.show_value = False
        return
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
