"""Attributes as elements of XML, whatever their names and values hold."""

import re
from collections.abc import Iterable
from functools import lru_cache

from journeymine.exports.events import Told

SPECIAL = re.compile(r'[&<>"\t\n\r]')
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attributes = Iterable[tuple[str, Told]]


class Pen:
    """Writes attributes; counts the characters that XML cannot hold."""

    def __init__(self) -> None:
        self.replaced = 0

    def attributes(self, attributes: Attributes) -> str:
        """Return the elements of attributes, each on a line."""
        elements = []
        for key, (kind, text) in attributes:
            element, lost = _element(kind, key, text)
            elements.append(element)
            self.replaced += lost
        return "".join(elements)


@lru_cache(maxsize=1 << 16)  # most values come again and again
def _element(kind: str, key: str, text: str) -> tuple[str, int]:
    """Return an element, and how many characters it lost."""
    name, lost_of_name = _safe(key)
    value, lost = _safe(text)
    return f'<{kind} key="{name}" value="{value}"/>\n', lost + lost_of_name


def clean(text: str) -> str:
    """Return a text with what XML cannot hold replaced."""
    return NO_XML.sub("\ufffd", text)


def _safe(text: str) -> tuple[str, int]:
    text, lost = NO_XML.subn("\ufffd", text)
    # Spaces other than blanks would be read as blanks.
    return SPECIAL.sub(_escape, text), lost


def _escape(found: re.Match[str]) -> str:
    return ESCAPES.get(found[0]) or f"&#{ord(found[0])};"
