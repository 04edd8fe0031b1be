"""The lanes of what hurts and what to do about it."""

from dataclasses import dataclass
from datetime import date

from journeymine.report import words
from journeymine.report.cells import rows as cell_rows
from journeymine.report.facts import Facts
from journeymine.report.journey_map.notes import Note
from journeymine.report.journey_map.placed import Placed
from journeymine.report.losses import Loss
from journeymine.report.reader import Row

SHOWN, LETTERS, LONG = 3, 45, 90


@dataclass(frozen=True)
class Pain:
    """A pain point; without a rank where the losses are ranked by themselves."""

    rank: int | None
    is_worst: bool
    text: str
    whole: str
    figures: str


@dataclass(frozen=True)
class Opportunity:
    """What there would be to win, numbered by rank; an idea of the team, if one is."""

    tag: str
    text: str
    whole: str
    figures: str
    note: Note | None = None


def pains(
    placed: Placed, facts: Facts, key: tuple[str, str], losses: list[Loss]
) -> tuple[list[Pain], int]:
    """Return the pain points of a stage that no loss tells, and how many are left."""
    rows, room = _ranked(placed, key), SHOWN
    if not placed.is_ranked:
        rows = [row for row in rows if not _is_told(row, losses)]
        room = max(0, SHOWN - len(losses))
    told = [_pain(row, placed, facts, key[0]) for row in rows[:room]]
    return told, len(rows) - len(told)


def title(row: Row, placed: Placed, facts: Facts, persona: str) -> str:
    """Return what happens, to whom, and when if it is of one month."""
    what = cell_rows.pain(row, None, facts, placed.funnel).title
    who = whom(row, placed, facts, persona)
    return f"{what} ({who})" if who else what


def whom(row: Row, placed: Placed, facts: Facts, persona: str) -> str:
    """Return whom it is about, and when if of one month; not the map's own persona."""
    told = cell_rows.pain(row, None, facts, placed.funnel).who
    own = facts.label_of(persona) if row.persona == persona != "all" else ""
    parts = [told.removeprefix(own).removeprefix(", ") if own else told]
    if row.period and row.period != "all":
        parts.append(f"{date.fromisoformat(row.period):%B %Y}")
    return ", ".join(part for part in parts if part)


def opportunities(
    placed: Placed, facts: Facts, key: tuple[str, str]
) -> tuple[list[Opportunity], int]:
    """Return what there is to win in a stage, and how many more are known.

    Ideas of the team stand first, those that nobody can count last.
    """
    ranked = [row for row in _ranked(placed, key) if row.rank in placed.numbers]
    known = [opportunity(row, placed, facts, key[0]) for row in ranked]
    known.sort(key=lambda one: one.note is None)
    taken = {one.note.number for one in known if one.note}
    ideas = [
        Opportunity("Idea", words.shorten(note.text, LONG), note.text, size, note)
        for note in placed.pinned(key[1])
        if note.is_idea and note.number not in taken
        for size in [f"effort {note.effort}" if note.effort else "effort not set"]
    ]
    return [*known[:SHOWN], *ideas], max(0, len(known) - SHOWN)


def opportunity(row: Row, placed: Placed, facts: Facts, persona: str) -> Opportunity:
    """Return a pain point as what there would be to win there."""
    ideas = (one for one in placed.notes if one.is_idea and one.anchor == row.place)
    note = next(ideas, None)
    who = whom(row, placed, facts, persona)
    size = effort(row, note)
    money = words.money(row.value, facts.currency)
    parts = [_won(row), money, f"effort {size}" if size else "", who]
    return Opportunity(
        f"O{placed.numbers[row.rank]}",
        words.shorten(note.text, LONG) if note else _short(row, facts),
        title(row, placed, facts, persona),
        ", ".join(part for part in parts if part),
        note,
    )


def effort(row: Row, note: Note | None) -> str:
    """Return the effort that the project or the team gives; empty if none does."""
    return f"{row.effort:g}" if row.effort is not None else note.effort if note else ""


def owners(placed: Placed, key: tuple[str, str]) -> list[str]:
    """Return who answers for a stage: of notes, then of objectives."""
    own = sorted({("all", key[1]), key})
    rows = [row for one in own for row in placed.owners.get(one, [])]
    rows += [row for one in own for row in placed.kpis.get(one, [])]
    return list(dict.fromkeys(row.owner for row in rows if row.owner))


def _ranked(placed: Placed, key: tuple[str, str]) -> list[Row]:
    return sorted(placed.shown(placed.pains, *key), key=lambda row: int(row.rank))


def _is_told(row: Row, losses: list[Loss]) -> bool:
    return row.kind == "step" and any(
        (one.funnel, one.persona) == (row.funnel, row.persona)
        and f"“{words.label(row.place)}”" in one.pain
        for one in losses
    )


def _pain(row: Row, placed: Placed, facts: Facts, persona: str) -> Pain:
    if row.kind == "feeling":
        figures = f"emotion {words.signed(row.observed)}, {words.cases(row.at_risk)}"
    else:
        figures = f"{words.count(row.observed)} of {words.count(row.at_risk)}"
        if row.expected is not None:
            figures += f", expected {words.count(row.expected)}"
    if not row.is_significant:
        figures += ", not proven"
    whole = f"{title(row, placed, facts, persona)}. {row.finding or ''}".strip()
    who = whom(row, placed, facts, persona)
    figures = f"{who}: {figures}" if who else figures
    is_worst = placed.is_ranked and row.rank <= SHOWN and bool(row.is_significant)
    rank = row.rank if placed.is_ranked else None
    return Pain(rank, is_worst, _short(row, facts), whole, figures)


def _short(row: Row, facts: Facts) -> str:
    return words.shorten(cell_rows.pain(row, None, facts, "").title, LETTERS)


def _won(row: Row) -> str:
    if row.uplift is None:
        return ""
    won = f"+{words.count(row.uplift)} conversions"
    if row.uplift_low is None or row.uplift_high is None:
        return won
    bounds = words.count(row.uplift_low), words.count(row.uplift_high)
    return f"{won} ({' to '.join(bounds)})"
