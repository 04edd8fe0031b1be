"""One way of writing for each address and number, and where they stand in a text.

Whoever writes an address in another way still means the same person. What only some
providers hold to be the same stays apart: dots, and what follows a plus.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote

from journeymine.config_privacy import Kind

_AT = r"(?:@|%40|\\u0040|&#64;)"
_NO_TOKEN = r"(?![\w-]*[ep]_[0-9a-f]{32})"
_PLUS = r"(?:\+|%2[Bb]|\\u002[Bb]|&#43;)"
# A word begins here: also behind an encoded sign, never within one; it is no token.
_START = (
    r"(?:(?<!\w)|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrtbf]))"
    r"(?<!%)(?<!%[0-9A-Fa-f])(?!(?<=\\)[nrtbfu])" + _NO_TOKEN
)
_LOCAL = r"\w(?:[\w.+~'-]|%2[BbDdEe]|%5[Ff])*+"
_LABEL = _NO_TOKEN + r"[\w-]+\."
_DOMAIN = f"(?:{_LABEL})+{_NO_TOKEN}" + r"(?:xn--[\w-]+|[^\W\d_]{2,})"
_GAP = r"(?:[ ().\/-]|%20|\xa0){0,3}"

# Of two addresses written as one word, the second one begins where no word does.
_GLUED = rf"(?:\w+(?={_AT}))?"

EMAIL = re.compile(f"{_START}{_LOCAL}{_AT}{_DOMAIN}{_GLUED}")
PHONE = re.compile(rf"(?<!\d){_PLUS}[1-9](?:{_GAP}\d){{6,14}}(?!\d)")
NATIONAL = re.compile(
    r"""(?<![^,;|\t"\n\r])\(?0(?!\.\d+\b)(?!\d?([.\/-])\d\d?\1\d)[\d ().\/-]{6,20}\d"""
    r"""(?=[ ]*(?:[,;|\t"\n\r]|\Z))"""
)
"""A number as it is dialled at home, alone in its field of a broken record."""

_DECIMAL = re.compile(r"\+\d+\.\d{1,2}")
_WRITTEN = {r"\u0040": "@", "&#64;": "@", r"\u002b": "+", r"\u002B": "+", "&#43;": "+"}
"""How JSON and HTML write the two signs, if they do not write them plainly."""


def normal_email(text: str) -> str:
    """Return an address trimmed, in lower case and composed letters (NFC)."""
    # Of ASCII, no letter is composed, and almost all addresses are ASCII.
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return composed.strip().lower()


def normal_phone(text: str, country_code: str | None) -> str:
    """Return the digits of a number, behind a `+` if its country is known.

    A text without digits is trimmed, and in lower case.
    """
    number = unicodedata.normalize("NFKC", text).strip()
    is_international = number.startswith(("+", "00"))
    if is_international:
        number = number.replace("(0)", "")  # the zero is dialled at home only
    digits = re.sub(r"\D", "", number)
    if not digits:
        return number.lower()
    if is_international:
        return "+" + (digits if number.startswith("+") else digits[2:])
    if country_code:
        return country_code + digits.removeprefix("0")
    return digits


def replaced(
    text: str, kinds: tuple[Kind, ...], token: Callable[[Kind, str], str]
) -> str:
    """Return a text with its addresses and international numbers replaced."""
    if "email" in kinds:
        text = EMAIL.sub(lambda found: token("email", _decoded(found[0])), text)
    if "phone" in kinds:
        text = PHONE.sub(lambda found: _number(found[0], token), text)
    return text


def _number(found: str, token: Callable[[Kind, str], str]) -> str:
    # An amount with its sign is no number to call.
    return found if _DECIMAL.fullmatch(found) else token("phone", _decoded(found))


def _decoded(found: str) -> str:
    if "%" in found:
        found = unquote(found)
    for written, sign in _WRITTEN.items():
        found = found.replace(written, sign)
    return found
