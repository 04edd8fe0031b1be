"""What words say, from -1 to +1: VADER's rules (Hutto and Gilbert 2014), for English.

The extra `sentiment` brings them. Other languages stay unscored, for VADER's lexicon
reads German "war" as an English one. What VADER finds is moved by `CENTRE`: of the
words that people judge, it finds the good ones more often than the bad.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Protocol

import pyarrow as pa

from journeymine.config import Config
from journeymine.plan import Context

CENTRE = 0.14
"""VADER's score of words that people judge to be neither good nor bad."""

LEAST = 0.05
"""Nearer to zero, VADER has found nothing: such a text says neither."""

TELLING = 30
"""Letters from which on the language of a text can be told from the text itself."""

LONGEST = 5_000
"""Letters that are read: what comes later in a text rarely turns it round."""

BATCH = 10_000
PACKAGES = {"vaderSentiment": "vaderSentiment", "py3langid": "py3langid"}

_EMOJI = {
    "good": "👍👌✅🆗",
    "great": "🎉🥳🙌👏💯🏆",
    "happy": "🙂😊☺😀😃😄😁😆😺😸🤗",
    "funny": "😂🤣",
    "love": "❤🧡💛💚💙💜🖤🤍🤎💕💖💗💓💘💞💝♥😍🥰😘😻",
    "excellent": "⭐🌟🤩",
    "thanks": "🙏",
    "bad": "👎❌",
    "angry": "😡😠🤬👿😤",
    "sad": "😢😭😞😔🙁☹😟😿💔",
    "disappointed": "😩😫😖😣😒😕",
    "annoyed": "🙄😑",
    "disgusting": "🤮🤢💩",
    "shocked": "😱😨😰",
}
_WORDS = {ord(sign): f" {word} " for word, signs in _EMOJI.items() for sign in signs}
# The colour of a skin and the form of a sign say nothing.
_WORDS |= dict.fromkeys([0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)], "")


@dataclass(frozen=True)
class Sentiment:
    """What a text says.

    Attributes
    ----------
    language
        Two or three letters; None where nobody can tell.
    is_scored
        Whether its words could be judged.
    millionths
        From -1,000,000 to 1,000,000; None where they could not, or say neither.
    """

    language: str | None
    is_scored: bool = False
    millionths: int | None = None


class _Analyzer(Protocol):
    def polarity_scores(self, text: str) -> dict[str, float]: ...


def is_available() -> bool:
    """Return whether the extra `sentiment` is installed."""
    return all(find_spec(module) for module in PACKAGES.values())


def sentiment_basis(config: Config) -> dict[str, str]:
    """Return what scores texts, under `sentiment`; nothing if no text is declared."""
    if not any(feedback.text for feedback in config.feedback.values()):
        return {}
    if not is_available():
        return {"sentiment": "not installed"}
    used = (f"{package} {version(package)}" for package in PACKAGES)
    return {"sentiment": ", ".join(used)}


def scored(texts: Iterable[str], languages: Iterable[str | None]) -> list[Sentiment]:
    """Return what each text says; a language is None where the source tells none."""
    return [
        _sentiment(text[:LONGEST], language)
        for text, language in zip(texts, languages, strict=True)
    ]


def make_text_sentiment(context: Context) -> None:
    """Write `py_text_sentiment`: event_number, language, is_scored, sentiment_ppm.

    One row per answer with words, each distinct text being scored once; no row where
    the extra is missing.
    """
    con = context.con
    con.execute(
        "create or replace table py_scored_texts"
        " (text varchar, told varchar, language varchar, is_scored boolean,"
        " sentiment_ppm bigint)"
    )
    if is_available():
        writer = con.cursor()
        for batch in _texts(context):
            writer.register("batch", _scored_batch(batch))
            writer.execute("insert into py_scored_texts from batch")
            writer.unregister("batch")
    con.execute(
        """
        create or replace table py_text_sentiment as
        select int_feedback.event_number, texts.language, texts.is_scored,
            texts.sentiment_ppm
        from int_feedback
        inner join py_scored_texts as texts
            on int_feedback.text = texts.text
            and int_feedback.text_language is not distinct from texts.told
        where int_feedback.is_answer
        order by int_feedback.event_number
        """
    )
    con.execute("drop table py_scored_texts")


def _texts(context: Context) -> Iterator[pa.RecordBatch]:
    """Yield the distinct texts of answers, each with its language if that is told."""
    found = context.con.cursor().sql(
        "select distinct text, text_language from int_feedback"
        " where is_answer and text is not null"
    )
    yield from found.to_arrow_reader(BATCH)


def _scored_batch(batch: pa.RecordBatch) -> pa.Table:
    texts, told = (column.to_pylist() for column in batch.columns)
    found = scored(texts, told)
    return pa.table(
        {
            "text": pa.array(texts, pa.string()),
            "told": pa.array(told, pa.string()),
            "language": pa.array([one.language for one in found], pa.string()),
            "is_scored": pa.array([one.is_scored for one in found], pa.bool_()),
            "sentiment_ppm": pa.array([one.millionths for one in found], pa.int64()),
        }
    )


def _sentiment(text: str, told: str | None) -> Sentiment:
    """Score a text that is English, or that signs without letters make up."""
    language = told
    if told is None and len(text) >= TELLING:
        language = _classify()(text)[0]
    if language not in ("en", "eng") and any(map(str.isalpha, text)):
        return Sentiment(language)
    compound = _analyzer().polarity_scores(text.translate(_WORDS))["compound"]
    if abs(compound) < LEAST:
        return Sentiment(language, is_scored=True)
    return Sentiment(language, True, round(max(compound - CENTRE, -1.0) * 1_000_000))


@cache
def _analyzer() -> _Analyzer:
    # The packages are an extra.
    from vaderSentiment.vaderSentiment import (  # noqa: PLC0415
        SentimentIntensityAnalyzer,
    )

    analyzer: _Analyzer = SentimentIntensityAnalyzer()
    return analyzer


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    from py3langid import classify  # noqa: PLC0415

    told: Callable[[str], tuple[str, float]] = classify
    return told
