"""The slides of what to do: what to mend first, and how the objectives stand."""

from pptx.presentation import Presentation
from pptx.slide import Slide

from journeymine.exports.office import charts
from journeymine.exports.office.chart_book import Series
from journeymine.exports.office.content import (
    STATUS,
    Content,
    metric_title,
    objectives_title,
    period_name,
    slice_name,
)
from journeymine.exports.office.slide_pen import (
    BODY,
    LEFT,
    NAME,
    WIDE,
    Box,
    Rows,
    add_slide,
    add_table,
    table_or,
    write,
)
from journeymine.report import words
from journeymine.report.cells.lines import measured
from journeymine.report.reader import Row

LETTERS = 130
SHOWN = 8


def pains(deck: Presentation, content: Content) -> None:
    """Add what to mend first."""
    found = content.pain_points
    shown = [row for row in found if row.is_significant][:SHOWN] or found[:SHOWN]
    title = "Nowhere is more lost than expected"
    if shown:
        title = words.plural(len(found), "place", "places") + " to mend, best first"
    slide = add_slide(
        deck,
        (title, "More is lost there than expected. What is not proven is marked."),
        "Value: conversions gained if no more were lost than expected, times the mean"
        " value of a conversion. Priority: value by effort.",
    )
    rows = [["", "Finding", "Customers", "Worth", "Effort", "Proven"]]
    rows += [_pain(row, content) for row in shown]
    told = Rows(rows, (0.04, 0.52, 0.18, -0.12, -0.07, 0.07), 11)
    table_or(slide, told, "Nothing was found, or nothing was asked for.")


def _pain(row: Row, content: Content) -> list[str]:
    return [
        str(row.rank),
        words.shorten(row.finding, LETTERS),
        words.shorten(slice_name(row, content.facts), NAME),
        words.money(row.value, content.facts.currency) or "not known",
        "" if row.effort is None else f"{row.effort:g}",
        "yes" if row.is_significant else "no",
    ]


def objectives(deck: Presentation, content: Content) -> None:
    """Add how the objectives stand, and the first of them by month."""
    slide = add_slide(
        deck,
        (objectives_title(content), "Each in its last final period, and by month."),
        "A projection is a weighted regression over the last final periods; at risk:"
        " only its interval reaches the target.",
    )
    currency = content.facts.currency
    rows = [["Objective", "Value", "Target", "By", "Owner", "How it stands"]]
    rows += [
        [
            words.shorten(metric_title(row), NAME),
            *(
                "not known" if told is None else measured(told, row.unit, currency)
                for told in (row.value, row.target)
            ),
            *(str(row.target_by), row.owner or "nobody", STATUS.get(row.status, "")),
        ]
        for row in content.objectives[:SHOWN]
    ]
    told = Rows(rows, (0.34, -0.12, -0.12, 0.12, 0.14, 0.16))
    if not content.objectives:
        write(slide, "No objective is set in the project file.", BODY, 16)
        return
    add_table(slide, told, Box(LEFT, 2.0, WIDE, 2.0))
    top = 2.3 + 0.36 * len(rows)
    _by_month(slide, content, Box(LEFT, top, WIDE, 6.9 - top))


def _by_month(slide: Slide, content: Content, box: Box) -> None:
    """Draw the first objective by month beside its target."""
    first = content.objectives[0]
    months = [
        row
        for row in content.kpis
        if (row.metric, row.objective, row.period_kind)
        == (first.metric, first.objective, "month")
    ]
    name = metric_title(first)
    series = [
        Series(name, [row.value for row in months], "15181C"),
        Series(charts.TARGET, [row.target for row in months], "5F6872"),
    ]
    form = "0.0%" if first.unit == "share" else "#,##0.0"
    names = [
        period_name(row.period) + ("" if row.is_final else " (not final)")
        for row in months
    ]
    drawn = charts.Drawn(charts.LINE, names, series, form, f"{name} by month")
    if months:
        charts.add_chart(slide, drawn, box)
