"""The section on a run of the sample: each figure is one of the published tables."""

import re
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published, Rows

from journeymine.report import write_report

POINT = re.compile(
    r'<li><span><b[^>]*>([^<]*)</b> <span class="muted">([^<]*), n = (\d+)</span>'
    r'</span> <span class="back">([^<]*)</span>'
)


def section(page: str) -> str:
    """Return the section as it is written, typed with common signs."""
    (part,) = re.findall(
        r'<section class="s" id="voice">.*?</section>', page, re.DOTALL
    )
    part = re.sub(r"<pre>.*?</pre>", "", part, flags=re.DOTALL)
    for sign, typed in (
        ("\N{MINUS SIGN}", "-"), ("\N{NO-BREAK SPACE}", " "), ("\N{WORD JOINER}", ""),
        ("\N{EN DASH}", "-"), ("&#34;", '"'), ("&#39;", "'"),
    ):  # fmt: skip
        part = part.replace(sign, typed)
    return part


def panels(part: str) -> list[str]:
    """Return what is told of each persona."""
    return re.split(r'<div id="voice-panel-\d+"', part)[1:]


@pytest.fixture(scope="module")
def part(sample: Published, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("voice")
    return section(write_report(sample.database, folder).read_text("utf-8"))


def test_the_title_is_the_touchpoint_that_is_clearly_worst(
    sample: Published, part: str
) -> None:
    ((name, emotion, low, high, n),) = sample.rows(
        "select name, emotion, emotion_low, emotion_high, answers from fct_experience"
        " where (level, persona, segment) = ('touchpoint', 'all', 'all')"
        " and emotion_high < 0 order by emotion, name limit 1"
    )
    activity, channel = name.replace("_", " ").split(" · ")
    assert (
        f"Customers feel worst about “{activity.capitalize()} ({channel})”:"
        f" {emotion:+.2f} ({low:+.2f} to {high:+.2f}, n = {n})</h2>"
    ) in part


def test_every_point_of_every_persona_is_one_of_at_least_five_answers(
    sample: Published, part: str
) -> None:
    found = sample.rows(
        "select persona, is_solicited, format('{:+.2f}', emotion),"
        " format('{:+.2f} to {:+.2f}', emotion_low, emotion_high), answers::varchar,"
        " case when sent is null then '\N{EM DASH}' when sent < 30"
        " then format('{:.0f}%', 100 * response_rate)"
        " else format('{:.1f}%', 100 * response_rate) end"
        " from fct_experience where level = 'touchpoint' and segment = 'all'"
        " and answers >= 5 order by persona, emotion, name, is_solicited desc"
    )
    personas = ["all"] + [
        key for (key,) in sample.rows(
            "select persona from dim_personas order by customers desc, persona"
        )
    ]  # fmt: skip
    for persona, panel in zip(personas, panels(part), strict=True):
        assert re.findall(POINT, panel) == [
            row[2:]
            for is_asked in (True, False)
            for row in _ends([one for one in found if one[:2] == (persona, is_asked)])
        ]


def _ends(rows: Rows) -> Rows:
    return rows if len(rows) <= 10 else rows[:5] + rows[-5:]


def test_few_answers_are_counted(sample: Published, part: str) -> None:
    few = sample.rows(
        "select if(is_solicited, 'Asked', 'Unasked'), count(*) from fct_experience"
        " where (level, persona, segment) = ('touchpoint', 'all', 'all')"
        " and answers between 1 and 4 group by all order by all"
    )
    for name, number in few:
        told = f"{name}: {number} touchpoints have fewer than 5 answers."
        assert told in panels(part)[0]
    assert len(few) == 2


def test_a_quote_is_the_text_of_a_good_or_a_bad_answer(
    sample: Published, part: str
) -> None:
    said = {
        (emotion > 0, " ".join(text.split()))
        for emotion, text in sample.rows(
            "select emotion, text from fct_feedback_texts where emotion <> 0"
        )
    }
    for panel in panels(part):
        quotes = re.findall(r'<blockquote class="q (\w+)"><bdi>“(.*?)”</bdi>', panel)
        assert {(side == "pos", text) for side, text in quotes} <= said
        assert (
            max(sum(side == one for side, _ in quotes) for one in ("pos", "neg")) <= 2
        )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("delete from fct_feedback_texts", "No words are told: none were given"),
        (
            "update fct_experience set emotion_high = 0.1, emotion_low = -0.9"
            " where emotion < 0",
            "No touchpoint is clearly felt as bad",
        ),
        (
            "delete from fct_experience where level = 'touchpoint'",
            "No answer is about a touchpoint.",
        ),
        ("delete from fct_experience", "Set [feedback.NAME] in the project file"),
    ],
)
def test_what_is_missing_is_said(
    sample: Published, tmp_path: Path, change: str, told: str
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute(change)
    written = section(write_report(copy, tmp_path).read_text("utf-8"))
    assert told in written
    assert "None<" not in written
    assert "nan" not in re.sub(r"<[^>]+>", " ", written).split()
