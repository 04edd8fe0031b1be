"""What stands on each slide."""

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches, Pt

from journeymine.exports.grid import read_grid
from journeymine.exports.office import charts
from journeymine.exports.office.action_slides import objectives, pains
from journeymine.exports.office.chart_book import Series
from journeymine.exports.office.content import Content
from journeymine.exports.office.map_slides import emotion, journey_map
from journeymine.exports.office.slide_pen import (
    BODY,
    FONT,
    INK,
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

SHOWN = 8


def fill(deck: Presentation, content: Content) -> None:
    """Add the eight slides; what is not known is said in a sentence."""
    grid = read_grid(content.ground)
    _summary(deck, content)
    _funnel(deck, content)
    _losses(deck, content)
    _personas(deck, content)
    journey_map(deck, grid)
    emotion(deck, grid)
    pains(deck, content)
    objectives(deck, content)
    for number, slide in enumerate(deck.slides, 1):
        facts = content.facts
        parts = (words.shorten(facts.project, 80), facts.period, str(number))
        footer = " · ".join(part for part in parts if part)
        write(slide, footer, Box(LEFT, 7.0, WIDE, 0.3), 10)
        _set_title(slide)


def _set_title(slide: Slide) -> None:
    title = slide.shapes.title
    if title is None:
        return
    frame = title.text_frame
    frame.margin_left = frame.margin_right = Inches(0)
    for paragraph in frame.paragraphs:
        font = paragraph.font
        font.name, font.bold, font.color.rgb = FONT, True, INK
        font.size = Pt(28 if len(paragraph.text) < 60 else 20)
        paragraph.alignment = PP_ALIGN.LEFT


def keep_one_layout(deck: Presentation) -> None:
    """Keep the layout with a title only, the title being wide and to the left."""
    layouts = deck.slide_layouts
    for layout in [one for one in layouts if one.name != "Title Only"]:
        layouts.remove(layout)
    for one in (*layouts[0].placeholders, *deck.slide_master.placeholders):
        if one.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            one.left, one.top = Inches(LEFT), Inches(0.45)
            one.width, one.height = Inches(WIDE), Inches(0.85)


def _summary(deck: Presentation, content: Content) -> None:
    facts = content.facts
    counted = (
        "Journeys are counted by where they end. The rate is that of the first funnel,"
        " with its 95% interval; n are the entries that it is made of."
    )
    slide = add_slide(deck, (content.title, content.window), counted)
    rows = [
        ["Figure", "Value", "95% interval", "n"],
        ["Customers", words.count(facts.customers), "", ""],
        ["Journeys", words.count(facts.journeys), "", ""],
        ["Journeys that converted", words.count(facts.converted), "", ""],
        ["Journeys in progress", words.count(facts.in_progress), "", ""],
        *_rates(content)[:SHOWN],
    ]
    add_table(slide, Rows(rows, (0.55, -0.15, -0.18, -0.12), 14), BODY)


def _rates(content: Content) -> list[list[str]]:
    main = content.ground.main
    goal = main.panels[0].goal if main else ""
    return [
        [
            f"{words.shorten(str(who), NAME)}: reach “{words.shorten(goal, NAME)}”",
            words.percent(value, n),
            words.interval(low, high, n).replace(words.JOINER, ""),
            words.count(n),
        ]
        for who, value, low, high, n in content.rates
    ]


def _funnel(deck: Presentation, content: Content) -> None:
    main = content.ground.main
    title = main.title if main else "The project defines no funnel"
    slide = add_slide(
        deck,
        (title, main.lead if main else "Set [funnels] in the project file."),
        "Reached, in progress and dropped before sum to the entered, at each step.",
    )
    steps = content.funnel.get("all", [])
    if not steps:
        return
    if any(None in (row.reached, row.in_progress, row.dropped) for row in steps):
        write(slide, "Small cells are withheld: nothing can be drawn.", BODY, 16)
        return
    waiting = gone = 0
    parts: list[tuple[int, int, int]] = []
    for row in steps:
        parts.append((row.reached, waiting, gone))
        waiting += row.in_progress
        gone += row.dropped + (row.excluded or 0)
    names = ("Reached", "Still in progress before", "Dropped before")
    colours = (charts.VOLUME, charts.PROGRESS, charts.DROPPED)
    values = zip(*parts, strict=True)
    series = [Series(*told) for told in zip(names, values, colours, strict=True)]
    named = [words.shorten(words.label(row.step), NAME) for row in steps]
    drawn = charts.Drawn(charts.STACKED, named, series, "#,##0;;", f"Funnel: {title}")
    charts.add_chart(slide, drawn, BODY)


def _losses(deck: Presentation, content: Content) -> None:
    losses = content.ground.losses
    slide = add_slide(
        deck,
        (losses.heading, losses.basis),
        "Of those who reached a step and have had all their time, who went no further;"
        " 95% Wilson interval; expected as the others, or as the period before.",
    )
    rows = [["", "Drop-off", "In words", "People", "Worth"]]
    rows += [
        [str(loss.rank), loss.title, loss.sentence, loss.amount, loss.value]
        for loss in losses.worst
    ]
    told = Rows(rows, (0.04, 0.3, 0.44, -0.1, -0.12), 13)
    table_or(slide, told, "No drop-off is known.")


def _personas(deck: Presentation, content: Content) -> None:
    main = content.ground.main
    known = content.rates
    title = main.comparison_title if main and len(known) > 2 else "One group"
    if not known:
        title = "Whether personas differ is not known"
    slide = add_slide(
        deck,
        (title, "Share of the entries of the main funnel that reach its goal."),
        "Personas are groups of customers found in what they do, not in whether they"
        " convert. The interval is one of 95%.",
    )
    names = [words.shorten(str(who), NAME) for who, *_ in known]
    drawn = charts.Drawn(
        charts.BARS,
        names,
        [Series("Conversion", [row[1] for row in known], charts.VOLUME)],
        "0.0%",
        title,
    )
    rows = [["Persona", "Conversion", "95% interval", "n"]]
    for name, (_, value, low, high, n) in zip(names, known, strict=True):
        bounds = words.interval(low, high, n).replace(words.JOINER, "")
        rows.append([name, words.percent(value, n), bounds, words.count(n)])
    if known:
        charts.add_chart(slide, drawn, Box(LEFT, 2.0, 6.0, 4.8))
        told = Rows(rows, (0.45, -0.19, -0.22, -0.14))
        add_table(slide, told, Box(LEFT + 6.2, 2.0, WIDE - 6.2, 4.8))
    else:
        write(slide, "The project defines no funnel, or nobody entered.", BODY, 16)
