"""The text of a file: decompressed, decoded, and handed out as UTF-8 bytes.

What cannot be decoded is never replaced: it becomes bytes that are no UTF-8, so
that framing quarantines the record that holds it.
"""

import codecs
import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pyarrow as pa

from journeymine.errors import SourceError

UTF8_MARK = codecs.BOM_UTF8
CHUNK = 1 << 20
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ARCHIVES = {b"PK\x03\x04": "zip", b"\xfd7zXZ": "xz", b"BZh": "bzip2"}


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
        A file: plain, gzip or zstd, told by its first bytes.
    encoding
        Of the decompressed bytes. A mark at the start of UTF-8 stays in the text.
    where
        Begins every error line.
    on_bytes
        Called with the bytes of the file, as it lies, that were read since.

    Raises
    ------
    SourceError
        If the file cannot be read or decompressed to its end.

    Attributes
    ----------
    bytes
        Bytes read so far, after decompression.
    is_transcoded
        Whether the text is UTF-8 only by now, whatever it says of itself.
    """

    def __init__(
        self,
        path: Path,
        encoding: str,
        where: str,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        self.bytes = 0
        self.is_transcoded = encoding != "utf-8"
        self._where = where
        self._told = 0
        self._on_bytes = on_bytes
        self._decoder = None
        if self.is_transcoded:
            made = codecs.getincrementaldecoder(encoding)
            self._decoder = made("journeymine.mark")
        self._ready = b""
        self._file, self._stream = _open(path, encoding, where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        self._file.close()

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes of text, fewer only at its end."""
        pieces, missing = [self._ready], size - len(self._ready)
        while missing > 0 and (piece := self._next(missing)):
            pieces.append(piece)
            missing -= len(piece)
        text = b"".join(pieces)
        self._ready = text[size:]
        return text[:size]

    def _next(self, size: int) -> bytes:
        if self._decoder is None:
            return self._decompressed(size)
        try:
            while raw := self._decompressed(CHUNK):
                if text := self._decoder.decode(raw):
                    return _encoded(text)
            return _encoded(self._decoder.decode(b"", final=True))
        except UnicodeError as error:  # UTF-16 without a mark: either order is a guess
            message = f"{self._where}: {error}; set the encoding that the file has"
            raise SourceError(message) from error

    def _decompressed(self, size: int) -> bytes:
        try:
            raw = bytes(self._stream.read(size))
        except (EOFError, zlib.error, OSError) as error:
            message = f"{self._where}: broken: {_reason(error)}; export it again"
            raise SourceError(message) from error
        self.bytes += len(raw)
        position = self._file.tell()
        if self._on_bytes and position > self._told:
            self._on_bytes(position - self._told)
        self._told = position
        return raw


def _open(path: Path, encoding: str, where: str) -> tuple[IO[bytes], Any]:
    """Return a file and the stream of its decompressed bytes."""
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{where}: cannot be read: {error.strerror}; check its permissions"
        raise SourceError(message) from error
    head = file.read(64)
    file.seek(0)
    problem = _problem_of(head, path.suffix, encoding)
    if problem:
        file.close()
        message = f"{where}: {problem}"
        raise SourceError(message)
    if head.startswith(_GZIP):
        # Python's reader checks CRC and length of each member; others accept them.
        return file, gzip.GzipFile(fileobj=file, mode="rb")
    if head.startswith(_ZSTD):
        return file, pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")
    return file, file


def _problem_of(head: bytes, suffix: str, encoding: str) -> str | None:
    for mark, archive in _ARCHIVES.items():
        if head.startswith(mark):
            return f"is a {archive} archive; unpack it, or compress it with gzip"
    if suffix == ".gz" and not head.startswith(_GZIP) and (not head or b"\0" in head):
        return "broken: its name ends in .gz, but it is no gzip file; export it again"
    if encoding == "utf-8" and head.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        return 'starts with a UTF-16 mark; set encoding = "utf-16"'
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "the gzip file is truncated"
    return str(error) or type(error).__name__


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
