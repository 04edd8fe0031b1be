"""What the voice of the customer says of a few drawn answers."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.published import publish

from journeymine.report.ground import Ground, read_ground
from journeymine.report.reader import Row, open_tables
from journeymine.report.voice import section
from journeymine.report.voice.measures import CSAT, EMOTION, NPS, ticks
from journeymine.report.voice.months import over_time, title
from journeymine.report.voice.scores import lead, scores

NULLS = dict.fromkeys(
    f"{name}{end}"
    for name in ("nps", "csat", "ces", "emotion")
    for end in ("", "_low", "_high")
) | {"sent": None, "response_rate": None}
NONE = {"answers": 0, "nps_answers": 0, "csat_answers": 0, "ces_answers": 0}


def said(period: str = "2026-01-01", /, **told: object) -> Row:
    """Return a row of answers; what is not told is null, and of no answers."""
    return Row(**{"is_solicited": True, "period": period, **NULLS, **NONE, **told})


def nps(period: str, low: float, high: float, n: int = 40) -> Row:
    value = (low + high) / 2
    return said(period, nps_answers=n, nps=value, nps_low=low, nps_high=high)


@pytest.fixture
def drawn(tmp_path: Path) -> Ground:
    """A project whose data end on 15 March 2026."""
    run = [{"name": "as_of", "value": "2026-03-15T00:00:00+00:00"}]
    tables = open_tables(publish(tmp_path / "drawn.duckdb", {"meta_run": run}))
    return read_ground(tables)


def test_of_four_answers_nothing_is_told() -> None:
    four = nps("2026-01-01", -50, 90, n=4)
    assert (NPS.value(four), NPS.told(four), NPS.inside(four)) == (None, "too few", "")
    assert NPS.told(nps("2026-01-01", 10, 30, n=5)) == "+20"
    figure = scores([four])[0]
    assert (figure.value, figure.evidence) == ("Not known", "Fewer than 5 answered")


def test_withheld_and_not_asked_are_not_too_few() -> None:
    assert NPS.told(said(nps_answers=None)) == "withheld"
    assert NPS.told(said()) == "\N{EM DASH}"
    assert scores([said()])[0].evidence == "Nobody was asked"


def test_the_asked_stand_before_the_unasked_and_apart_from_them() -> None:
    mood = {"emotion_low": 0.1, "emotion_high": 0.3}
    rows = [
        said(answers=1234, emotion=0.2, **mood, sent=3000, response_rate=0.4),
        said(is_solicited=False, answers=9, emotion=0.5, **mood),
    ]
    emotion = scores(rows)[-1]
    assert emotion.value == "+0.20"
    assert emotion.note.startswith("Asked; unasked +0.50")
    assert lead(rows) == (
        "1,234 answers that were asked for (40.0% of 3,000 surveys were answered);"
        " 9 answers that came unasked. The two stand apart."
    )


def test_a_rate_of_answers_that_nobody_recorded_is_not_told() -> None:
    assert "how many were asked is not recorded" in lead([said(answers=7)])
    assert lead([said()]) == ""


def test_a_month_is_named_only_if_its_interval_lies_apart_from_the_first() -> None:
    first, same, low = ("2026-01-01", 20, 40), ("2026-03-01", 15, 35), (-40.0, -10.0)
    middle = "2026-02-01"
    assert title(NPS, [nps(*first), nps("2026-02-01", *low)]) == (
        "NPS fell from +30 in January to \N{MINUS SIGN}25 in February 2026"
    )
    assert title(NPS, [nps(middle, *low), nps(*same)]).startswith("NPS rose from")
    assert title(NPS, [nps(*first), nps(middle, *low), nps(*same)]) == (
        "NPS was lowest in February 2026, at \N{MINUS SIGN}25"
    )
    assert title(NPS, [nps(*first), nps(middle, 60, 80), nps(*same)]) == (
        "NPS was highest in February 2026, at +70"
    )
    assert title(NPS, [nps(*first), nps(middle, 39, 60), nps(*same)]) == (
        "NPS shows no clear change from January to March 2026"
    )
    assert "too few months" in title(NPS, [nps(*first), nps(middle, *low, n=4)])


def test_a_month_without_enough_answers_breaks_the_line(drawn: Ground) -> None:
    rows = [
        nps("2025-11-01", 0, 20),
        nps("2025-12-01", 0, 20, n=4),
        nps("2026-02-01", 0, 20),
        nps("2026-03-01", 0, 20),
    ]
    (one,) = over_time(rows, drawn.facts)
    assert "fewer than 5 answers are not drawn" in one.caption
    # November alone has its whisker; December is too few, January is not there.
    lines = re.findall(r'<path d="([^"]+)" class="(ln[^"]*)"', one.drawn)
    assert [kind for _, kind in lines] == ["ln", "ln dashed"]
    assert lines[0][0].startswith("M100,")
    assert lines[1][0].startswith("M700,")
    assert [row[3] for row in one.rows] == ["+10", "too few", "+10", "+10"]


def test_the_month_of_the_watermark_is_not_final(drawn: Ground) -> None:
    rows = [nps("2026-02-01", 0, 20), nps("2026-03-01", 0, 20)]
    (one,) = over_time(rows, drawn.facts)
    assert re.findall(r'class="(spot[^"]*)"', one.drawn) == ["spot", "spot is-open"]


def test_asked_and_unasked_are_two_lines(drawn: Ground) -> None:
    rows = [
        said(
            period,
            is_solicited=asked,
            answers=9,
            emotion=0.5 if asked else -0.5,
            emotion_low=-0.6,
            emotion_high=0.6,
        )
        for period in ("2026-01-01", "2026-02-01")
        for asked in (True, False)
    ]
    (one,) = over_time(rows, drawn.facts)
    assert one.drawn.count('class="ln"') == 2
    assert ">asked +0.50<" in one.drawn
    assert ">unasked \N{MINUS SIGN}0.50<" in one.drawn


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=9))
def test_every_nps_lies_within_its_few_ticks(values: list[float]) -> None:
    levels = [level for level, _ in ticks(NPS, values)]
    assert levels[0] <= min(0, *values)
    assert levels[-1] >= max(0, *values)
    assert 2 <= len(levels) <= 6
    assert 0 in levels


def test_emotion_has_one_scale_so_that_personas_compare() -> None:
    assert ticks(EMOTION, [0.1]) == ticks(EMOTION, [-0.9])
    assert ticks(CSAT, [0.8])[-1][1] == "80%"


def test_the_title_falls_back_to_the_first_score_that_is_known() -> None:
    panel = section.Panel("all", "All", "", [], [], None, [])
    rows = [said(answers=9, emotion=0.2, emotion_low=0.1, emotion_high=0.3)]
    assert section.title(rows, [panel]).startswith("Emotion is +0.20 (+0.10 to +0.30,")
    rows = [nps("2026-01-01", 0, 20), *rows]
    assert section.title(rows, [panel]).startswith("NPS is +10 (0 to +20,")
    unasked = Row(**{**vars(nps("2026-01-01", 80, 90)), "is_solicited": False})
    assert section.title([unasked, *rows], [panel]).startswith("NPS is +10 (")
    assert "Fewer than 5" in section.title([said(answers=2)], [panel])


def test_without_an_answer_the_section_to_add_is_named(drawn: Ground) -> None:
    filled = section.fill(drawn)
    assert filled["panels"] == []
    assert filled["title"] == "What customers say is not known"


def test_months_follow_each_other_over_the_years(drawn: Ground) -> None:
    start = date(2024, 11, 1)
    rows = [
        nps((start + timedelta(days=31 * n)).replace(day=1).isoformat(), 0, 20)
        for n in range(15)
    ]
    (one,) = over_time(rows, drawn.facts)
    marks = re.findall(r'text-anchor="middle">([^<]+)<', one.drawn)
    assert marks == ["Nov 24", "Jan 25", "Mar", "May", "Jul", "Sep", "Nov", "Jan 26"]
    assert one.drawn.count("<circle") == 15
    assert drawn.facts.as_of == datetime(2026, 3, 15, tzinfo=UTC)
