"""The drop-offs that cost most, in plain words."""

from dataclasses import dataclass

from journeymine.report import pains, queries, words
from journeymine.report.facts import Facts
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.reader import Row, Tables

SHOWN = 3
PAIN_LETTERS = 30  # of a persona's name, where the column is narrow
HEADINGS = {
    1: "The drop-off that costs most",
    2: "The two drop-offs that cost most",
    3: "The three drop-offs that cost most",
}


@dataclass(frozen=True)
class Loss:
    """One drop-off of the list; `rank` is the same wherever it is named."""

    rank: int
    funnel: str
    persona: str
    step_index: int
    title: str
    sentence: str
    amount: str
    unit: str
    value: str
    pain: str
    own_pain: str
    in_pain: str

    def is_of(self, persona: str) -> bool:
        """Whether the drop-off is one of this persona's own."""
        return self.persona == persona


@dataclass(frozen=True)
class Losses:
    """The worst drop-offs, and what they were ranked by."""

    heading: str
    basis: str
    query: str
    worst: list[Loss]


def read_losses(tables: Tables, facts: Facts, funnel: Funnel | None) -> Losses:
    """Return the worst drop-offs: of the personas, else of the segments, else of all.

    Pain points have the one rank, where there are any. Else only of one funnel: who
    leaves two would be counted twice. Without an expectation the most left is first.
    """
    found = pains.read_pains(tables)[:SHOWN]
    if found:
        listed = [_pain(tables, facts, funnel, row) for row in found]
        return Losses("What to fix first", pains.BASIS, pains.PAINS, listed)
    rows = [row for row in tables.rows(queries.DROP_OFFS) if _is_in(row, funnel)]
    segments = tables.rows(queries.SEGMENT_LOSSES)
    groups = (
        (queries.DROP_OFFS, [row for row in rows if row.persona != "all"]),
        (queries.SEGMENT_LOSSES, [row for row in segments if _is_in(row, funnel)]),
    )
    for query, candidates in groups:
        beyond = sorted((row for row in candidates if _is_beyond(row)), key=_cost)
        if beyond:
            heading = HEADINGS[min(len(beyond), SHOWN)]
            basis = "Ranked by what is lost beyond the expected."
            return Losses(heading, basis, query, _listed(beyond, facts, funnel))
    plain = [row for row in rows if row.persona == "all" and row.dropped]
    plain.sort(key=lambda row: (-row.dropped, row.step_index))
    basis = "There is nothing to compare with, so these are ranked by how many left."
    listed = _listed(plain, facts, funnel)
    return Losses("Where most leave", basis, queries.DROP_OFFS, listed)


def _pain(tables: Tables, facts: Facts, funnel: Funnel | None, row: Row) -> Loss:
    at, step_index = pains.step_of(tables, row, funnel)
    amount, value = words.count(row.uplift), pains.worth(row, facts)
    extra = (f"{amount} conversions", value, words.certainty(row.q_value))
    return Loss(
        rank=row.rank,
        funnel=at,
        persona=row.persona,
        step_index=step_index,
        title=pains.title(row, who(row, facts)),
        sentence=pains.sentence(row),
        amount=amount,
        unit="conversions lost",
        value=value,
        pain=pains.title(row, who(row, facts, PAIN_LETTERS)),
        own_pain=pains.title(row, "They"),
        in_pain=", ".join(filter(None, extra)),
    )


def _is_in(row: Row, funnel: Funnel | None) -> bool:
    return funnel is not None and row.funnel == funnel.key


def _is_beyond(row: Row) -> bool:
    return (row.excess or 0) >= 1


def _cost(row: Row) -> tuple[float, float, str, str, str, int]:
    """Sort by money, then by people; then by name, so that ties have one order."""
    return (
        -(row.value_lost or 0),
        -row.excess,
        row.persona,
        row.segment,
        row.segment_value,
        row.step_index,
    )


def _listed(rows: list[Row], facts: Facts, funnel: Funnel | None) -> list[Loss]:
    units = funnel.unit if funnel else "customers"
    return [_loss(rank, row, facts, units) for rank, row in enumerate(rows[:SHOWN], 1)]


def _loss(rank: int, row: Row, facts: Facts, units: str) -> Loss:
    beyond = _is_beyond(row)
    value = words.money(row.value_lost, facts.currency) if beyond else ""
    amount = words.count(row.excess if beyond else row.dropped)
    figures = f"{amount} beyond the expected" if beyond else f"{amount} left"
    extra = [figures, value, words.certainty(row.q_value)]
    return Loss(
        rank=rank,
        funnel=row.funnel,
        persona=row.persona,
        step_index=row.step_index,
        title=_title(row, facts),
        sentence=_sentence(row, facts, units),
        amount=amount,
        unit="beyond the expected" if beyond else "left",
        value=value,
        pain=f"{who(row, facts, PAIN_LETTERS)} leave after “{_step(row)}”",
        own_pain=f"They leave after “{_step(row)}”",
        in_pain=", ".join(filter(None, extra)),
    )


def who(row: Row, facts: Facts, letters: int = 200) -> str:
    """Return whom a drop-off is about, a persona with at most so many letters."""
    if row.segment != "all":
        value = words.label(row.segment_value)
        return f"{words.label(row.segment)} “{value}”: customers"
    if row.persona == "all":
        return "Customers"
    return f"“{words.shorten(facts.label_of(row.persona), letters)}”"


def _step(row: Row) -> str:
    return words.label(row.step)


def _title(row: Row, facts: Facts) -> str:
    step = _step(row)
    if not row.next_step:
        return f"{who(row, facts)} leave after “{step}”"
    following = words.label(row.next_step)
    return f"{who(row, facts)} leave between “{step}” and “{following}”"


def _sentence(row: Row, facts: Facts, units: str) -> str:
    rate = words.percent(row.drop_rate, row.at_risk)
    bounds = words.interval(row.drop_rate_low, row.drop_rate_high, row.at_risk)
    inside = ", ".join(part for part in (bounds, words.cases(row.at_risk)) if part)
    parts = [f"{rate} leave here ({inside})"]
    if row.expected_rate is not None:
        parts[0] += f"; {_expected(row)}"
    if _is_beyond(row):
        many = words.plural(round(row.excess), units.removesuffix("s"), units)
        parts.append(f"That is {many} more than expected, {facts.period}")
    parts.extend(_aftermath(row))
    return ". ".join(parts) + "."


def _aftermath(row: Row) -> list[str]:
    """Say what they did next: silence, support, or another activity."""
    parts = []
    if row.next_activity and row.next_activity != "silence":
        parts.append(f"Most often they went on to “{words.label(row.next_activity)}”")
    if row.went_to_support:
        many = words.count(row.went_to_support)
        parts.append(f"{many} went to support")
    return parts


def _expected(row: Row) -> str:
    """Say what a drop-off was compared with."""
    rate = words.percent(row.expected_rate)
    if "period" in (row.expected_basis or ""):
        return f"in the period before {rate} did"
    return f"the others lose {rate}"
