"""The words and signs that a pattern is written in."""

import re
from dataclasses import dataclass
from typing import NoReturn


class PatternError(ValueError):
    """A pattern is not written as the path language wants it."""

    def __init__(self, at: int, what: str, advice: str) -> None:
        super().__init__(f"character {at}: {what}; {advice}")


@dataclass(frozen=True)
class Token:
    """A name or a sign: `kind` is the sign, or `name`, `{}`, `end`; `at` is from 1."""

    kind: str
    text: str
    at: int

    def refuse(self, advice: str) -> NoReturn:
        """Say that this is not expected here, and what is."""
        if self.kind == "end":
            raise PatternError(self.at, "the pattern ends too early", advice)
        raise PatternError(self.at, f"`{self.text}` is not expected", advice)


NAME = r"\w+(?:[-:/.]\w+)*"
"""What needs no quotation marks."""

_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<sign>->|\.\.\.|[.!()|*+?^$@])
        |(?P<counts>\{{\s*\d{{1,4}}\s*(?:,\s*(?:\d{{1,4}}\s*)?)?\}})
        |"(?P<quoted>(?:[^"]|"")+)"
        |(?P<name>{NAME})
        |(?P<end>$)
    )""",
    re.VERBOSE,
)


def tokens(text: str) -> list[Token]:
    """Split a pattern; the last token is its end.

    Raises
    ------
    PatternError
        At the first character that is none of the language.
    """
    found: list[Token] = []
    place = 0
    while not found or found[-1].kind != "end":
        match = _TOKEN.match(text, place)
        if match is None:
            raise _stray(text, place)
        place = match.end()
        found.append(_token(match))
    return found


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    text, at = match[kind], match.start(kind) + 1
    match kind:
        case "sign":
            return Token(text, text, at)
        case "counts":
            return Token("{}", text, at)
        case "quoted":
            return Token("name", text.replace('""', '"'), at - 1)
    return Token(kind, text, at)


def _stray(text: str, place: int) -> PatternError:
    at = place + len(text[place:]) - len(text[place:].lstrip()) + 1
    stray = text[at - 1]
    if stray == '"':
        advice = 'write a name between two of them, as in "Add to cart"'
    elif stray == "{":
        advice = "write how often as {2}, {2,} or {2,5}"
    else:
        advice = 'put names with signs in quotation marks, as in "Add to cart"'
    return PatternError(at, f"`{stray}` is no part of the language", advice)
