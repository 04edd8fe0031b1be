"""Touchpoints, stages and quotes: who stands where, and what is too few to tell."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.report.published import publish

from journeymine.report.facts import read_facts
from journeymine.report.reader import Row, open_tables
from journeymine.report.voice import blocks, places, stages
from journeymine.report.voice.quotes import Quote, read_quotes

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def plain(text: str) -> str:
    """Return text as it is typed: a hyphen for minus, common spaces."""
    return text.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ")


def felt(
    name: str, emotion: float | None, answers: int | None = 20, **more: object
) -> Row:
    """Return what is felt about a touchpoint; the interval is 0.2 to each side."""
    low, high = (None, None) if emotion is None else (emotion - 0.2, emotion + 0.2)
    known = {
        "persona": "all", "is_solicited": True, "emotion_low": low,
        "emotion_high": high, "sent": None, "response_rate": None,
        **{f"{one}{end}": None for one in ("nps", "csat", "ces")
           for end in ("", "_low", "_high")},
        **{f"{one}_answers": 0 for one in ("nps", "csat", "ces")},
    }  # fmt: skip
    told = {"name": name, "emotion": emotion, "answers": answers}
    return Row(**{**known, **told, **more})


def test_the_worst_touchpoint_is_named_if_its_interval_is_below_zero() -> None:
    rows = [felt("chat", -0.1), felt("ticket_new · email", -0.4), felt("web", 0.5)]
    found = places.read_places(rows)
    assert found is not None
    assert plain(found.title) == "“Ticket new (email)” feels worst, at -0.40"
    assert plain(found.answer) == (
        "Customers feel worst about “Ticket new (email)”:"
        " -0.40 (-0.60 to -0.20, n = 20)"
    )
    unclear = [felt("chat", -0.1), felt("web", 0.5)]
    assert places.title(unclear) == "No touchpoint is clearly felt as bad"
    assert places.clearly_worst(unclear) is None


def test_fewer_than_five_answers_are_counted_and_not_drawn() -> None:
    rows = [
        felt("shop", -0.9, 4),
        felt("till", None, 1),
        felt("web", 0.5, 5),
        felt("app", None, 0, sent=3),
        felt("phone", None, None),
        felt("blog", -0.3, 30, is_solicited=False),
    ]
    asked, unasked = blocks.read_blocks(rows)
    assert [place.name for place in asked.places] == ["Web"]
    assert asked.drawn.count("<circle") == 1
    assert asked.caption == (
        "2 touchpoints have fewer than 5 answers. Nobody answered about 1 touchpoint."
        " 1 touchpoint is withheld."
    )
    assert ([one.name for one in unasked.places], unasked.caption) == (["Blog"], "")
    assert places.title(rows[:2]) == "No touchpoint has 5 answers yet"
    assert places.read_places([felt("app", None, 0, sent=3)]) is None


def test_of_many_the_lowest_and_the_highest_are_drawn() -> None:
    values = np.random.default_rng(5).permutation(40) / 40 - 0.5
    rows = [felt(f"t{n}", float(value)) for n, value in enumerate(values)]
    (block,) = blocks.read_blocks(rows)
    lowest_first = np.argsort(values)
    drawn = [*lowest_first[:5], *lowest_first[-5:]]
    assert [place.name for place in block.places] == [f"T{n}" for n in drawn]
    assert block.caption == "The 5 lowest and the 5 highest of 40."
    assert len(places.read_places(rows * 2).rows) == 40  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("emotion", "side"), [(-0.3, "neg"), (-0.1, "neu"), (0.1, "neu"), (0.3, "pos")]
)
def test_the_colour_is_of_the_side_that_the_whole_interval_is_on(
    emotion: float, side: str
) -> None:
    (block,) = blocks.read_blocks([felt("web", emotion)])
    assert f'class="whisk {side}"' in block.drawn
    assert f'class="dot {side}"' in block.drawn
    assert block.places[0].side == side


def test_a_response_rate_is_told_of_what_was_sent() -> None:
    rows = [
        felt("web", 0.5, sent=50, response_rate=0.412),
        felt("blog", 0.5, is_solicited=False),
    ]
    asked, unasked = blocks.read_blocks(rows)
    assert (asked.places[0].response, unasked.places[0].response) == ("41.2%", "")


def answer(
    number: int, emotion: float, text: str, persona: str = "p1"
) -> dict[str, object]:
    return {
        "event_id": f"e{number:02}", "customer_id": f"c{number}", "persona": persona,
        "answered_at": NOON + timedelta(days=number), "emotion": emotion, "text": text,
        "is_solicited": True, "feedback": "nps", "touchpoint": "ticket_new · email",
    }  # fmt: skip


def quoted(tmp_path: Path, answers: list[dict[str, object]]) -> dict[str, list[Quote]]:
    path = publish(tmp_path / "said.duckdb", {"fct_feedback_texts": answers})
    tables = open_tables(path)
    try:
        return read_quotes(tables, read_facts(tables))
    finally:
        tables.con.close()


def test_the_middle_of_each_side_is_quoted_and_not_the_loudest(tmp_path: Path) -> None:
    answers = [
        answer(1, -1.0, "A scandal, a shame, a nightmare!"),
        answer(2, -0.5, "The code never worked for me"),
        answer(3, -0.4, "I waited for a week, in vain"),
        answer(4, -0.1, "It was a little bit slow today"),
        answer(5, 0.0, "Neither good nor bad, I would say"),
        answer(6, 1.0, "Great shoes and great service"),
        answer(7, 1.0, "Great shoes and great service"),
        answer(8, 0.6, "Yes"),
    ]
    quotes = quoted(tmp_path, answers)["all"]
    told = [(one.side, one.text) for one in quotes]
    assert told == [
        ("neg", "I waited for a week, in vain"),
        ("neg", "The code never worked for me"),
        ("pos", "Yes"),  # too short to stand first, but there is no other
        ("pos", "Great shoes and great service"),
    ]
    assert quotes[-1].origin.endswith("9 March 2026")  # the later of the two


def test_nobody_is_quoted_of_whom_fewer_than_five_answered(tmp_path: Path) -> None:
    answers = [answer(n, 0.5, f"Good answer number {n}") for n in range(4)]
    answers += [answer(9, -0.5, "The only one of the other group", "p2")]
    assert list(quoted(tmp_path, answers)) == ["all"]


def test_a_quote_says_when_and_about_what_it_was_said(tmp_path: Path) -> None:
    answers = [answer(n, 0.5, f"Good answer\n number {n}") for n in range(5)]
    answers[4] |= {"touchpoint": None, "stage": None, "is_solicited": False}
    late, before = quoted(tmp_path, answers)["p1"]
    assert (late.text, late.about) == (
        "Good answer number 4",
        "About no single touchpoint",
    )
    assert late.origin == "NPS, unasked, a good answer, 6 March 2026"
    assert before.about == "Ticket new (email)"
    assert before.origin == "NPS, a good answer, 5 March 2026"


def test_a_stage_tells_the_asked_first_and_says_where_few_answered(
    tmp_path: Path,
) -> None:
    frame = {
        "meta_stages": [{"stage_index": n, "stage": s} for n, s in enumerate("abcde")]
    }
    tables = open_tables(publish(tmp_path / "stages.duckdb", frame))
    facts = read_facts(tables)
    tables.con.close()
    rows = [
        felt("a", 0.9, is_solicited=False), felt("a", -0.9),
        felt("b", 0.5, is_solicited=False), felt("b", None, 2),
        felt("c", None, 3), felt("d", None, None),
    ]  # fmt: skip
    ((name, cells),) = stages.stage_cells(rows, facts)
    assert name == "All customers"
    assert [(plain(one.value), one.kind) for one in cells] == [
        ("-0.90", "neg4"), ("+0.50", "pos3"), ("n = 3", "few"), ("withheld", "few"),
        ("\N{EM DASH}", "none"),
    ]  # fmt: skip
    assert cells[1].told.endswith(", unasked")
    told = stages.stages_title(rows, facts)
    assert plain(told) == "“All customers” feel worst in A, at -0.90"
    assert stages.stage_cells(rows[4:], facts) == []
