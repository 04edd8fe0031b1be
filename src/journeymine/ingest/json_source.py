"""The text of a JSON document, read on as it is needed: memory holds one element."""

import json
import re
from collections.abc import Callable, Iterator

from journeymine.errors import SourceError
from journeymine.ingest.json_elements import Elements, elements_of
from journeymine.ingest.text import UTF8_MARK

CHUNK = 4 << 20
LONGEST_ELEMENT = 64 << 20

_SPACE = re.compile(rb"[ \t\r\n]*")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,:\[\]{}\"]+")
CLOSING = {b"[": b"]", b"{": b"}"}


class DamagedError(Exception):
    """From here on the text is no JSON."""


class JsonText:
    """A text whose structure is read step by step.

    Parameters
    ----------
    read
        Returns as many bytes as it is asked for, fewer only at the end.
    where
        Begins every error line.

    Attributes
    ----------
    size
        Bytes that were read.
    offset, line
        Where the next byte stands, from 0 and from 1.
    around
        Bytes that were taken and are of no element: brackets, names, other values.
    """

    def __init__(self, read: Callable[[int], bytes], where: str) -> None:
        self.line = 1
        self.size = self.offset = self.around = 0
        self._read = read
        self._where = where
        self._text, self._at = b"", 0
        self._is_end = False
        self._more()
        if self._text.startswith(UTF8_MARK):
            self._skip(len(UTF8_MARK))

    def next(self) -> bytes:
        """Return the byte that comes next behind space; none at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._skip(match.end() - self._at if match else 0)
            if self._at < len(self._text):
                return self._text[self._at : self._at + 1]
            if not self._more():
                return b""

    def take(self, *expected: bytes) -> bytes:
        """Take the byte that comes next, which is one of those expected.

        Raises
        ------
        DamagedError
            If it is another one, or the text ends before it.
        """
        found = self.next()
        if found not in expected:
            raise DamagedError
        self._skip(1)
        return found

    def end(self) -> None:
        """Check that nothing but space is left."""
        if self.next():
            raise DamagedError

    def members(self) -> Iterator[str]:
        """Take an object; yield the name of each value, which is to be taken then."""
        self.take(b"{")
        is_last = self.next() == b"}"
        while not is_last:
            yield self._name()
            is_last = self.next() == b"}"
            if not is_last:
                self.take(b",")
        self.take(b"}")

    def skip_value(self) -> None:
        """Take a value that nobody asks for, however large."""
        opening = self.next()
        if opening in CLOSING:
            self.take(opening)
            for _ in self.elements(opening, are_records=False):
                pass
        else:
            self._taken(_STRING if opening == b'"' else _SCALAR)

    def elements(
        self, opening: bytes, *, are_records: bool = True
    ) -> Iterator[Elements]:
        """Yield the elements behind an opening bracket, and take its closing one.

        `offset` and `line` tell where they begin until the next ones are asked for.
        """
        is_closed = False
        while not is_closed:
            found = elements_of(self._text[self._at :])
            is_closed = found.is_closed
            if found.text:
                yield found
                self._skip(len(found.text), is_around=not are_records)
            if not is_closed and not self._more():
                raise DamagedError
        self.take(CLOSING[opening])

    def rest(self) -> bytes:
        """Take all that is left; at the end of the text its last byte."""
        while self._more():
            pass
        if self._at == len(self._text):
            self._at -= 1
            self.offset -= 1
            self.around -= 1
            self.line -= self._text.endswith(b"\n")
        return self._text[self._at :]

    def _name(self) -> str:
        """Take the name of a value, and the colon behind it."""
        if self.next() != b'"':
            raise DamagedError
        try:
            name = json.loads(self._taken(_STRING))
        except ValueError as error:
            raise DamagedError from error
        self.take(b":")
        return str(name)

    def _taken(self, pattern: re.Pattern[bytes]) -> bytes:
        """Take what matches a pattern; the end of what was read may have cut it."""
        while True:
            match = pattern.match(self._text, self._at)
            if match and (match.end() < len(self._text) or not self._more()):
                self._skip(match.end() - match.start())
                return match[0]
            if not match and not self._more():
                raise DamagedError

    def _skip(self, size: int, *, is_around: bool = True) -> None:
        self.line += self._text.count(b"\n", self._at, self._at + size)
        self._at += size
        self.offset += size
        self.around += size if is_around else 0

    def _more(self) -> bool:
        """Read on behind what was not taken; return False at the end."""
        if self._is_end:
            return False
        if len(self._text) - self._at > LONGEST_ELEMENT:
            message = (
                f"{self._where}: line {self.line}: a value does not end within"
                f" {LONGEST_ELEMENT >> 20} MiB; check that it is the right file and"
                " format"
            )
            raise SourceError(message)
        more = self._read(CHUNK)
        self._is_end = len(more) < CHUNK
        self.size += len(more)
        kept = max(self._at - 1, 0)  # the last byte taken may be given back
        self._text, self._at = self._text[kept:] + more, self._at - kept
        return bool(more)
