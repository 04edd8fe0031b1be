"""What an erased person is looked for by in texts and bytes, and is masked by.

An identifier is found where it stands alone: `ann@shop.de` is not in `joann@shop.de`,
nor `u-17` in `u-170`. One that could as well be an amount or a plain word is no
needle: it is looked for only where identifiers stand.
"""

import html
import json
import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from journeymine.erasing.register import Identifier

SHORTEST, SHORTEST_NUMBER = 6, 9
_TOKEN = re.compile(r"[ep]_[0-9a-f]{32}")
"""What stands for an address or number under `[privacy]`; words may follow it."""


class Needles:
    """Identifiers to find, in whatever way they are written.

    Parameters
    ----------
    identifiers
        Those that do not tell a person in a text are passed over.
    customers
        Ids of customers: found anywhere, as ids of journeys are made of them.
    """

    def __init__(
        self, identifiers: Iterable[Identifier], customers: Collection[str] = ()
    ) -> None:
        values = {one.value for one in identifiers if is_telling(one.value)}
        tokens = {token[0] for value in values if (token := _TOKEN.match(value))}
        plain = {value for value in values if not _TOKEN.match(value)}
        self._alone = sorted({form for value in plain for form in _forms(value)})
        self._anywhere = sorted({*tokens, *customers})

    @property
    def count(self) -> int:
        """How many texts are looked for."""
        return len(self._alone) + len(self._anywhere)

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        """Finds a needle in bytes."""
        mail = [text for text in self._alone if "@" in text]
        other = [text for text in self._alone if "@" not in text]
        ways = [
            _standing_alone(mail, r"\w.+-", r"(?![\w-]|\.\w)"),
            _standing_alone(other, r"\w-", r"(?![\w-])"),
            "|".join(map(re.escape, self._anywhere)),
        ]
        return re.compile("|".join(filter(None, ways)).encode(), re.IGNORECASE)

    def may_be_in(self, kind: pa.DataType) -> bool:
        """Return whether values of a type could hold a needle."""
        is_number = pa.types.is_primitive(kind) or pa.types.is_decimal(kind)
        if is_number:  # times and truths are numbers, too
            return any(map(str.isdigit, [*self._alone, *self._anywhere]))
        return self.count > 0

    def found_in(self, raw: bytes) -> int:
        """Return how often a needle stands in bytes."""
        return sum(1 for _ in self.pattern.finditer(raw)) if self.count else 0

    def suspects(self, texts: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
        """Return where texts may hold a needle: quickly, and rather too often."""
        return pc.fill_null(pc.match_substring_regex(texts, self._roughly), False)

    def mask(self, value: Any) -> Any:  # noqa: ANN401  # text or bytes, as it came
        """Return a text or bytes without needles, and as long as before.

        Where records stand is counted in bytes; and a number stays one in JSON.
        """
        if value is None:
            return None
        raw = value.encode() if isinstance(value, str) else value
        masked = self.pattern.sub(_masked, raw)
        return masked.decode() if isinstance(value, str) else masked

    @cached_property
    def _roughly(self) -> str:
        """The needles as a pattern of RE2, which looks at no neighbours."""
        plain = "|".join(map(re.escape, [*self._alone, *self._anywhere]))
        return f"(?i){plain}"


def is_telling(value: str) -> bool:
    """Return whether a value stands for somebody wherever it is found."""
    if "@" in value or _TOKEN.match(value):
        return True
    if value.isdigit():
        return len(value) >= SHORTEST_NUMBER
    return len(value) >= SHORTEST and any(map(str.isdigit, value))


def _forms(value: str) -> set[str]:
    """Return a value as it stands in texts, URLs, JSON and HTML."""
    return {
        value,
        quote(value, safe=""),
        json.dumps(value)[1:-1],
        html.escape(value),
        value.replace("@", "\\u0040"),
        value.replace("@", "&#64;"),
    }


def _standing_alone(texts: list[str], before: str, after: str) -> str:
    if not texts:
        return ""
    # What looks like a letter before it may be the end of an escape: %3D, or \n.
    start = rf"(?:(?<![{before}])|(?<=%[0-9a-f][0-9a-f])|(?<=\\[nrt]))"
    listed = "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))
    return f"{start}(?:{listed}){after}"


def _masked(found: re.Match[bytes]) -> bytes:
    return (b"1" if found[0].isdigit() else b"*") * len(found[0])
