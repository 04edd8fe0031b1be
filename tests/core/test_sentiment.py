"""What words say, and in which languages that is known."""

from importlib.metadata import version

import pytest
from tests.core.bench import Bench
from tests.core.test_feedback import FEEDBACK

from journeymine import sentiment
from journeymine.sentiment import Sentiment, is_available, scored

needs_extra = pytest.mark.skipif(
    not is_available(), reason="the extra `sentiment` is missing"
)
LIKED = "I love this shop, the service was great and fast!"
HATED = "Awful service, I hate waiting and the shoes are terrible."
GERMAN = "Ich war dort, und der Verkäufer war nett und freundlich."


def millionths(text: str, language: str | None = "en") -> int | None:
    (found,) = scored([text], [language])
    return found.millionths


@needs_extra
def test_words_of_praise_are_above_zero_and_of_blame_below() -> None:
    assert (millionths(LIKED) or 0) > 500_000
    assert (millionths(HATED) or 0) < -500_000


@needs_extra
def test_the_score_is_that_of_vader_moved_by_its_bias() -> None:
    # VADER's own example: compound 0.8316 (its README).
    text = "VADER is smart, handsome, and funny."
    assert millionths(text) == round((0.8316 - sentiment.CENTRE) * 1_000_000)


@needs_extra
def test_a_score_never_leaves_the_scale() -> None:
    assert millionths("hate hate hate awful terrible horrible " * 20) == -1_000_000


@needs_extra
def test_words_that_say_neither_are_scored_but_do_not_count() -> None:
    assert scored(["The parcel was brown."], ["en"]) == [Sentiment("en", True, None)]


@needs_extra
@pytest.mark.parametrize("told", ["de", None])
def test_another_language_is_not_read_as_english(told: str | None) -> None:
    assert scored([GERMAN], [told]) == [Sentiment("de")]


@needs_extra
def test_the_language_of_a_long_text_is_found_and_of_a_short_one_never_guessed() -> (
    None
):
    long, short = scored([LIKED, "ok, bad"], [None, None])
    assert (long.language, long.is_scored) == ("en", True)
    assert short == Sentiment(None)
    assert (millionths("ok, bad", "en") or 0) < 0


@needs_extra
@pytest.mark.parametrize(
    ("text", "side"),
    [("👍", 1), ("👍🏿👍🏿", 1), ("❤️", 1), ("😡😡", -1), ("👎 ...", -1)],
)
def test_signs_speak_in_every_language(text: str, side: int) -> None:
    assert side * (millionths(text, None) or 0) > 0
    assert side * (millionths(text, "de") or 0) > 0


@needs_extra
def test_each_sign_stands_for_a_word_that_vader_knows() -> None:
    lexicon = sentiment._analyzer().lexicon  # type: ignore[attr-defined]
    words = {word.strip() for word in sentiment._WORDS.values()} - {""}
    assert words - set(lexicon) == set()


@needs_extra
def test_a_very_long_text_takes_no_longer_than_its_beginning() -> None:
    assert millionths("good but bad " * 200_000) == millionths("good but bad " * 400)


TEXTS = f"""
    customer | activity      | score | comment  | locale | occurred_at
    ann      | csat_answered | 5     | {LIKED}  |        | 2024-05-01 09:00
    bob      | csat_answered | 5     | {LIKED}  |        | 2024-05-01 09:00
    cid      | csat_answered |       | {HATED}  | en-GB  | 2024-05-01 09:00
    dan      | csat_answered | 1     | {GERMAN} |        | 2024-05-01 09:00
    eve      | csat_answered | 1     | {HATED}  | de     | 2024-05-01 09:00
    fay      | csat_answered | 3     | grand    |        | 2024-05-01 09:00
"""


@needs_extra
def test_texts_of_answers_are_scored_once_and_counted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def spy(texts: list[str], languages: list[str | None]) -> list[Sentiment]:
        read.extend(texts)
        return scored(texts, languages)

    monkeypatch.setattr(sentiment, "scored", spy)
    bench.set_project(FEEDBACK)
    bench.given(stg_events=TEXTS)
    assert bench.result_of(
        "fct_feedback_texts",
        "split_part(event_id, 'e', 2)",
        "language, sentiment > 0, emotion",
    ) == [
        ("000001", "en", True, 1),
        ("000002", "en", True, 1),
        ("000003", "en", False, None),
        ("000004", "de", None, -1),
        ("000005", "de", None, -1),
        ("000006", None, None, 0),
    ]
    assert sorted(read) == sorted([LIKED, HATED, GERMAN, HATED, "grand"])
    assert bench.result_of(
        "fct_experience",
        "answers, rating_answers, text_answers, texts, texts_unscored",
        where="persona = 'all' and segment = 'all' and level = 'all'",
    ) == [(6, 5, 1, 6, 3)]


def test_without_the_extra_no_text_counts_and_the_run_says_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentiment, "find_spec", lambda module: None)
    bench.set_project(FEEDBACK)
    bench.given(stg_events=TEXTS)
    assert bench.result_of(
        "fct_experience",
        "answers, rating_answers, text_answers, texts, texts_unscored, unrated",
        where="persona = 'all' and segment = 'all' and level = 'all'",
    ) == [(5, 5, 0, 6, 6, 1)]
    assert sentiment.sentiment_basis(bench.context.config) == {
        "sentiment": "not installed"
    }


@needs_extra
def test_the_run_says_what_scored_its_texts(bench: Bench) -> None:
    bench.set_project(FEEDBACK)
    packages = ("vaderSentiment", "py3langid")
    assert sentiment.sentiment_basis(bench.context.config) == {
        "sentiment": ", ".join(f"{name} {version(name)}" for name in packages)
    }
    bench.set_project("")
    assert sentiment.sentiment_basis(bench.context.config) == {}


@needs_extra
def test_more_texts_than_a_batch_are_all_scored(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentiment, "BATCH", 2_048)
    texts = [f"{'good' if at % 2 else 'bad'} no{at}" for at in range(5_000)]
    bench.con.execute(
        """
        create table int_feedback as
        select unnest(range(5000)) as event_number, unnest($texts) as text,
            'en' as text_language, true as is_answer
        """,
        {"texts": texts},
    )
    sentiment.make_text_sentiment(bench.context)
    assert bench.con.execute(
        "select sentiment_ppm > 0, count(*) from py_text_sentiment group by all"
        " order by all"
    ).fetchall() == [(False, 2_500), (True, 2_500)]
