"""The first sheet: the answer, its figures, the drop-offs that cost most."""

from journeymine.exports.office.content import (
    STATUS,
    Content,
    metric_kind,
    metric_title,
)
from journeymine.exports.office.tables import Block, Cell, Column, Sheet, Value

FIGURES = (
    *(Column("What", wide=46), Column("Value", "count", 14), Column("from", "share")),
    *(Column("to", "share"), Column("n", "count"), Column("Note", wide=60)),
)
LOSSES = (
    *(Column("Drop-off", wide=46), Column("Rank", "count", 14), Column("Left")),
    *(Column("Counted", wide=14), Column("Worth"), Column("In words", wide=60)),
)
OBJECTIVES = (
    *(Column("Objective", wide=46), Column("Value", "number", 14)),
    *(Column("from", "number"), Column("to", "number"), Column("Target", "number")),
    Column("How it stands", wide=60),
)


def summary(content: Content) -> Sheet:
    """Return the first sheet."""
    losses = content.ground.losses
    worst = [
        (loss.title, loss.rank, loss.amount, loss.unit, loss.value, loss.sentence)
        for loss in losses.worst
    ]
    blocks = [
        Block("Figures", FIGURES, figures(content)),
        Block(losses.heading, LOSSES, worst, "No drop-off is known."),
        Block("Objectives", OBJECTIVES, objectives(content), "No objective is set."),
    ]
    return Sheet("Summary", content.title, content.window, blocks)


def figures(content: Content) -> list[tuple[Value | Cell, ...]]:
    """Return the headline figures, each with its interval and n."""
    facts = content.facts
    rows: list[tuple[Value | Cell, ...]] = [
        ("Customers", facts.customers, None, None, None, "with at least one event"),
        ("Journeys", facts.journeys, None, None, None, facts.period),
        ("Journeys that converted", facts.converted, None, None, facts.journeys, ""),
        ("Journeys in progress", facts.in_progress, None, None, facts.journeys, ""),
    ]
    main = content.ground.main
    if main:
        panel = main.panels[0]
        what = f"Reach “{panel.goal}”, within {panel.window}"
        for who, value, *bounds, cases in content.rates:
            note = f"{who}: {panel.rate.name}"
            rows.append((what, Cell(value, "share"), *bounds, cases, note))
    return rows


def objectives(content: Content) -> list[tuple[Value | Cell, ...]]:
    """Return each objective, its value and how it stands."""
    return [
        (
            metric_title(row),
            *(
                Cell(number, metric_kind(row.unit))
                for number in (row.value, row.value_low, row.value_high, row.target)
            ),
            _standing(row.status, row.target_by, row.owner),
        )
        for row in content.objectives
    ]


def _standing(status: str, by: object, owner: str | None) -> str:
    told = f"{STATUS.get(status, status)}, due {by}"
    return f"{told}, {owner} answers for it" if owner else told
