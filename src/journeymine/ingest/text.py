"""The text of a file: decompressed, decoded, and handed out as UTF-8 bytes.

No byte is lost on the way. What cannot be decoded is never replaced: each such byte
becomes three that are no UTF-8, so that framing quarantines the record that holds it.
A mark (BOM) at the start of the file is one at the start of the text.
"""

import codecs
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from journeymine.config import Ingest
from journeymine.errors import SourceError
from journeymine.ingest.unpacking import CHUNK, Unpacked

UTF8_MARK = codecs.BOM_UTF8
UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
HEAD = 64


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    """Stand in for undecodable bytes with lone surrogates, which are no UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(chr(0xDC00 | byte) for byte in broken), error.end


codecs.register_error("journeymine.mark", _mark_undecodable)


class Text:
    """Reads a file as UTF-8 text, whatever its compression and encoding.

    Parameters
    ----------
    path
        A file: plain, gzip, zstd or a zip archive of one file.
    encoding
        Of the decompressed bytes.
    where
        Begins every error line.
    limits
        How large the file may become by decompression.
    on_bytes
        Called with the bytes of the file, as it lies, that were read since.

    Raises
    ------
    SourceError
        If the file cannot be read or decompressed to its end, becomes too large, or
        is in another encoding for certain.

    Attributes
    ----------
    is_transcoded
        Whether the text is UTF-8 only by now, whatever it says of itself.
    """

    def __init__(
        self,
        path: Path,
        encoding: str,
        where: str,
        limits: Ingest,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        self.is_transcoded = encoding != "utf-8"
        self._decoder = None
        self._file = Unpacked(path, where, limits, on_bytes)
        try:
            head = self._file.read(HEAD)
            problem = _problem_of(head, encoding)
            if problem:
                message = f"{where}: {problem}"
                raise SourceError(message)
        except SourceError:
            self._file.close()
            raise
        if self.is_transcoded:
            name = _utf16_of(head) if encoding == "utf-16" else None
            made = codecs.getincrementaldecoder(name or encoding)
            self._decoder = made("journeymine.mark")
        self._ready = self._decoded(head)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes read so far, after decompression."""
        return self._file.size

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes of text, fewer only at its end."""
        pieces = [self._ready] if self._ready else []
        missing = size - len(self._ready)
        while missing > 0 and (piece := self._next(missing)):
            pieces.append(piece)
            missing -= len(piece)
        text = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._ready = text[size:]
        return text[:size]

    def _next(self, size: int) -> bytes:
        if self._decoder is None:
            return self._file.read(size)
        while raw := self._file.read(CHUNK):
            if text := self._decoded(raw):
                return text
        return self._decoded(b"", is_last=True)

    def _decoded(self, raw: bytes, *, is_last: bool = False) -> bytes:
        if self._decoder is None:
            return raw
        text = self._decoder.decode(raw, is_last)
        return text.encode("utf-8", "surrogatepass")


def _problem_of(head: bytes, encoding: str) -> str | None:
    """Return why a text that starts like this is in another encoding, or None."""
    if encoding == "utf-16":
        if head and not _utf16_of(head):
            return (
                "has no UTF-16 mark (BOM), and its start does not tell the order of its"
                " bytes; set the encoding that the file has, or write it with a mark"
            )
        return None
    if head.startswith(tuple(UTF16)) and (encoding == "utf-8" or b"\0" in head):
        return 'starts with a UTF-16 mark; set encoding = "utf-16"'
    if _utf16_of(head):
        return 'looks like UTF-16; set encoding = "utf-16"'
    if encoding != "utf-8" and head.startswith(UTF8_MARK):
        return 'starts with a UTF-8 mark; set encoding = "utf-8"'
    return None


def _utf16_of(head: bytes) -> str | None:
    """Return the order of bytes in UTF-16: as marked, else as most letters show it.

    A text starts with names, brackets or digits: of their two bytes one is zero.
    """
    for mark, name in UTF16.items():
        if head.startswith(mark):
            return name
    places = len(head) // 2
    if places < 2:
        return None
    first, second = head[: 2 * places : 2].count(0), head[1 : 2 * places : 2].count(0)
    if first == 0 and 2 * second > places:
        return "utf-16-le"
    if second == 0 and 2 * first > places:
        return "utf-16-be"
    return None
