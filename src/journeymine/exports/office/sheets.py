"""The sheets of the workbook: numbers whole, texts uncut."""

from journeymine.exports.office import queries
from journeymine.exports.office.columns import (
    DROP_OFFS,
    FUNNEL,
    KPIS,
    NOTES,
    PAINS,
)
from journeymine.exports.office.content import (
    STATUS,
    Content,
    metric_kind,
    metric_title,
    objectives_title,
    period_name,
    slice_name,
)
from journeymine.exports.office.tables import Block, Cell, Sheet, Value
from journeymine.report import words
from journeymine.report.reader import Row

BASES = {
    "km": "in progress counted",
    "mature": "had all their time",
    "observed": "so far",
}


def tables_of(content: Content) -> list[Sheet]:
    """Return the sheets that are tables, in their order."""
    return [funnel(content), drop_offs(content), pains(content), kpis(content)]


def funnel(content: Content) -> Sheet:
    """Return the steps of all funnels, for each persona and segment."""
    rows = [
        (
            *(words.label(row.funnel), slice_name(row, content.facts)),
            *(row.step_index, _steps(row.step), row.entered, row.reached),
            *(row.reached_share, row.dropped, row.in_progress, row.excluded),
            *(row.conversion_rate, row.conversion_rate_low, row.conversion_rate_high),
            BASES.get(row.basis or "", row.basis),
        )
        for row in content.ground.tables.rows(queries.FUNNEL_ROWS)
    ]
    main = content.ground.main
    title = main.title if main else "The project defines no funnel"
    lead = (
        "Who entered each funnel, who reached each step, who still has time."
        " Reached, dropped before and in progress sum to the entered."
    )
    return Sheet("Funnel", title, lead, [Block("", FUNNEL, rows)])


def drop_offs(content: Content) -> Sheet:
    """Return who leaves after each step, and how many more than expected."""
    rows = [
        (
            *(words.label(row.funnel), slice_name(row, content.facts)),
            *(_steps(row.step), _steps(row.next_step), row.at_risk),
            *(row.dropped_at_risk, row.drop_rate, row.drop_rate_low),
            *(row.drop_rate_high, row.expected_rate, row.basis, row.excess),
            *(row.value_lost, row.q_value, row.in_progress, row.went_to_support),
            _steps(row.next_activity),
        )
        for row in content.ground.tables.rows(queries.DROP_OFF_ROWS)
    ]
    worst = content.ground.losses.worst
    title = worst[0].title if worst else "No drop-off is known"
    lead = (
        "Of those who reached a step and have had all their time, who went no further;"
        " 95% Wilson interval. Value lost is the excess times the mean value of a"
        f" conversion{_in(content)}."
    )
    return Sheet("Drop-offs", title, lead, [Block("", DROP_OFFS, rows)])


def pains(content: Content) -> Sheet:
    """Return what to mend first."""
    facts = content.facts
    rows: list[tuple[Value, ...]] = [
        (
            *(row.rank, row.finding, words.label(row.kind), slice_name(row, facts)),
            *(period_name(row.period), row.at_risk, row.observed, row.expected),
            *(row.excess, row.excess_low, row.excess_high, row.value, row.value_low),
            *(row.value_high, row.effort, row.priority, row.q_value),
            "yes" if row.is_significant else "no",
        )
        for row in content.pain_points
    ]
    sure = sum(bool(row.is_significant) for row in content.pain_points)
    found = words.plural(len(rows), "place", "places")
    title = (
        f"{found} where more is lost than expected, {words.count(sure)} for sure"
        if rows
        else "Nowhere is more lost than expected"
    )
    lead = (
        "Best first: value of the conversions to win, by effort. What is not"
        f" significant proves nothing. Money{_in(content)}."
    )
    return Sheet("What to fix", title, lead, [Block("", PAINS, rows)])


def kpis(content: Content) -> Sheet:
    """Return each KPI by month, those with an objective first."""
    rows = [_kpi(row) for row in content.kpis]
    lead = (
        "All customers. A change is told between two final months of 30 cases or more."
        " Shares are per cent."
    )
    return Sheet("KPIs", objectives_title(content), lead, [Block("", KPIS, rows)])


def _kpi(row: Row) -> tuple[Value | Cell, ...]:
    kind = metric_kind(row.unit)
    value, low, high, change, target = (
        Cell(number, kind)
        for number in (row.value, row.value_low, row.value_high, row.change, row.target)
    )
    return (
        *(metric_title(row), period_name(row.period)),
        *(value, low, high, row.n, "yes" if row.is_final else "no", change),
        *(row.q_value, target, row.target_by, row.owner),
        *(STATUS.get(row.status or "", row.status), row.words),
    )


def notes(content: Content) -> Sheet | None:
    """Return the notes of the team, if there are any."""
    if not content.notes:
        return None
    rows = [
        (
            *(row.note_id, row.place, content.facts.label_of(row.persona), row.text),
            *(row.kind, row.author, row.noted_on, row.owner, row.effort, row.status),
            "lost" if row.is_lost else "yes",
        )
        for row in content.notes
    ]
    lost = sum(bool(row.is_lost) for row in content.notes)
    title = words.plural(len(rows), "note of the team", "notes of the team")
    lead = f"{words.count(lost)} of them about a place that this run no longer has."
    return Sheet("Notes", title, lead, [Block("", NOTES, rows)])


def _steps(name: str | None) -> str:
    return words.label(name) if name else ""


def _in(content: Content) -> str:
    currency = content.facts.currency
    return f" in {currency}" if currency else ""
