"""Patterns and anchors of the project file, as `cfg_*` tables."""

import duckdb

from journeymine.config import Config
from journeymine.errors import ConfigError
from journeymine.patterns.language import parse
from journeymine.patterns.regular import Alphabet, alphabet_of, expression
from journeymine.patterns.tree import Pattern, names_in
from journeymine.warehouse import write_table


def write_paths(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of patterns and anchors.

    Raises
    ------
    ConfigError
        If the patterns name too much to be told apart.
    """
    _write_patterns(con, config)
    paths = config.paths
    anchors = config.journey.goal if paths.anchors is None else paths.anchors
    write_table(
        con,
        "cfg_anchors",
        "activity varchar, steps integer",
        [(activity, paths.steps) for activity in dict.fromkeys(anchors)],
    )


def _write_patterns(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    parsed = {name: parse(text) for name, text in config.patterns.items()}
    try:
        alphabet = alphabet_of(parsed.values())
    except ValueError as error:
        message = f"patterns: {error}"
        raise ConfigError(message) from error
    found = {name: expression(one, alphabet) for name, one in parsed.items()}
    write_table(
        con,
        "cfg_patterns",
        "pattern varchar, pattern_index integer, definition varchar, "
        "expression varchar",
        [
            (name, index, config.patterns[name], found[name])
            for index, name in enumerate(parsed, start=1)
        ],
    )
    _write_words(con, alphabet)
    _write_activities(con, parsed)


def _write_activities(
    con: duckdb.DuckDBPyConnection, parsed: dict[str, Pattern]
) -> None:
    write_table(
        con,
        "cfg_pattern_activities",
        "pattern varchar, activity varchar",
        [
            (name, activity)
            for name, one in parsed.items()
            for activity in sorted(
                {word.activity for word in names_in(one) if word.activity is not None}
            )
        ],
    )


def _write_words(con: duckdb.DuckDBPyConnection, alphabet: Alphabet) -> None:
    write_table(
        con,
        "cfg_pattern_words",
        "kind varchar, word varchar, place integer",
        [
            (kind, word, place)
            for kind, words in (
                ("activity", alphabet.activities),
                ("channel", alphabet.channels),
            )
            for place, word in enumerate(words, start=1)
        ],
    )
