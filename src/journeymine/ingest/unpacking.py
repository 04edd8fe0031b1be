"""The bytes of a file before it was compressed, within the limits of the project."""

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from journeymine.config import Ingest
from journeymine.errors import SourceError

CHUNK = 1 << 20
JUDGED_FROM = 64 << 20  # a small file may well be of one letter only
BROKEN = (
    *(EOFError, zlib.error, OSError),
    *(zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError),
)
_GZIP, _ZSTD, _ZIPS = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", (b"PK\3\4", b"PK\5\6")
_ARCHIVES = {b"\xfd7zXZ": "xz", b"BZh": "bzip2"}


class Unpacked:
    """Reads a file that is plain, gzip, zstd or a zip archive of one file.

    Which of them it is, its first bytes tell. The names in an archive are no paths.

    Parameters
    ----------
    path
        The file.
    where
        Begins every error line.
    limits
        How large the file may become.
    on_bytes
        Called with the bytes of the file, as it lies, that were read since.

    Raises
    ------
    SourceError
        If the file cannot be read or decompressed to its end, or becomes too large.

    Attributes
    ----------
    size
        Bytes read so far, after decompression.
    """

    def __init__(
        self,
        path: Path,
        where: str,
        limits: Ingest,
        on_bytes: Callable[[int], None] | None,
    ) -> None:
        self.size = 0
        self._where = where
        self._limits = limits
        self._on_bytes = on_bytes
        self._told = 0
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            reason = f"cannot be read: {error.strerror}; check its permissions"
            raise self._error(reason) from error
        try:
            self._packed = os.fstat(self._file.fileno()).st_size
            self._stream = self._opened(path.suffix.lower())
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        self._file.close()

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        pieces, missing = [], size
        most = size if self._stream is self._file else CHUNK
        while missing > 0 and (piece := self._piece(min(missing, most))):
            pieces.append(piece)
            missing -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _opened(self, suffix: str) -> Any:  # noqa: ANN401  # Arrow's classes carry no types
        head = self._file.read(64)
        self._file.seek(0)
        problem = _problem_of(head, suffix)
        if problem:
            raise self._error(problem)
        if head.startswith(_GZIP):
            # Python's reader checks CRC and length of each member; others accept them.
            return gzip.GzipFile(fileobj=self._file, mode="rb")
        if head.startswith(_ZSTD):
            return pa.CompressedInputStream(pa.PythonFile(self._file, "r"), "zstd")
        if head.startswith(_ZIPS):
            return self._member()
        return self._file

    def _member(self) -> IO[bytes]:
        """Return the one file of a zip archive; its name is never used as a path."""
        try:
            archive = zipfile.ZipFile(_Archive(self._file.fileno(), closefd=False))
            members = [info for info in archive.infolist() if not _is_beside(info)]
            problem = _problem_with(members)
            if not problem:
                return archive.open(members[0])
        except BROKEN as error:
            raise self._broken(error) from error
        message = f"is a zip archive {problem}; unpack it, or compress it with gzip"
        raise self._error(message)

    def _piece(self, size: int) -> bytes:
        try:
            raw = bytes(self._stream.read(size))
        except BROKEN as error:
            raise self._broken(error) from error
        self.size += len(raw)
        # At the end all was dealt with, also an archive's directory.
        position = max(self._told, self._file.tell() if raw else self._packed)
        if self._on_bytes and position > self._told:
            self._on_bytes(position - self._told)
        self._told = position
        self._check_limits()
        return raw

    def _check_limits(self) -> None:
        most, ratio = self._limits.max_bytes, self._limits.max_ratio
        if self.size > most:
            problem, setting = f"larger than {most} bytes", "max_bytes"
        elif self.size > max(JUDGED_FROM, ratio * self._told):
            problem, setting = f"more than {ratio:g} times its size", "max_ratio"
        else:
            return
        message = (
            f"is {problem} when it is decompressed;"
            f" check that it is the right file, or raise ingest.{setting}"
        )
        raise self._error(message)

    def _broken(self, error: Exception) -> SourceError:
        return self._error(f"broken: {_reason(error)}; export it again")

    def _error(self, problem: str) -> SourceError:
        return SourceError(f"{self._where}: {problem}")


class _Archive(io.FileIO):
    """A zip archive; one whose directory is long holds more than a file."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size and size > CHUNK:
            message = "its directory is too long"
            raise zipfile.BadZipFile(message)
        return super().read(size) or b""


def _is_beside(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder, or what macOS adds to an archive."""
    return info.is_dir() or info.filename.startswith("__MACOSX/")


def _problem_with(members: list[zipfile.ZipInfo]) -> str | None:
    if len(members) != 1:
        return f"of {len(members)} files"
    if members[0].flag_bits & 1:
        return "that is encrypted"
    # The other ways would decompress any amount at once.
    if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed by another method than deflate"
    return None


def _problem_of(head: bytes, suffix: str) -> str | None:
    for mark, archive in _ARCHIVES.items():
        if head.startswith(mark):
            return f"is a {archive} archive; unpack it, or compress it with gzip"
    is_text = head and b"\0" not in head
    for ending, name, marks in (("gz", "gzip file", _GZIP), ("zip", "archive", _ZIPS)):
        if suffix == f".{ending}" and not (head.startswith(marks) or is_text):
            problem = f"its name ends in .{ending}, but it is no {name}"
            return f"broken: {problem}; export it again"
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "it is truncated"
    return str(error).partition("\n")[0] or type(error).__name__
