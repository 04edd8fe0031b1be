"""What the project file says of feedback, as `cfg_*` tables."""

import duckdb

from journeymine.config import Config
from journeymine.config_feedback import Feedback
from journeymine.warehouse import Row, write_table


def write_feedback(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of feedback: its kinds, and what words of a score mean.

    `cfg_feedback_values` holds each meaning in millionths.
    """
    write_table(
        con,
        "cfg_feedback",
        "feedback varchar, activity varchar, kind varchar, "
        "score_attribute varchar, low double, high double, is_high_good boolean, "
        "is_solicited boolean, sent_activity varchar, text_attribute varchar, "
        "language varchar, language_attribute varchar, about_attribute varchar",
        [(name, *_settings(one)) for name, one in config.feedback.items()],
    )
    write_table(
        con,
        "cfg_feedback_values",
        "feedback varchar, word varchar, emotion_ppm bigint",
        [
            (name, word, round(value * 1_000_000))
            for name, one in config.feedback.items()
            for word, value in one.meanings.items()
        ],
    )


def _settings(feedback: Feedback) -> Row:
    low, high = feedback.range or (None, None)
    return (
        feedback.activity,
        feedback.kind,
        None if feedback.kind == "text" else feedback.score,
        low,
        high,
        feedback.high_is_good is not False,
        feedback.solicited,
        feedback.sent,
        feedback.text,
        feedback.language,
        feedback.language_attribute,
        feedback.about,
    )
