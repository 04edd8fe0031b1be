"""The project's own files: who is still in them. They are never edited."""

import codecs
from pathlib import Path

from journeymine.config import Config
from journeymine.erasing.scanning import Scanner
from journeymine.errors import SourceError
from journeymine.ingest.files import find_files
from journeymine.ingest.unpacking import Unpacked


def files_that_tell(config: Config, scanner: Scanner) -> list[str]:
    """Return the source files that still hold a person, relative to the project file.

    A file that is gone, or cannot be read, holds nobody that a run could read.
    """
    return sorted(
        {
            file
            for name in config.sources
            for file in _files(config, name)
            if _tells(config, name, file, scanner)
        }
    )


def _files(config: Config, name: str) -> list[str]:
    try:
        return find_files(config, name)
    except SourceError:
        return []


def _tells(config: Config, name: str, file: str, scanner: Scanner) -> bool:
    path = config.folder / file
    if scanner.needles.found_in(file.encode()):
        return True
    if path.suffix == ".parquet":
        return scanner.hits_in(path) > 0
    encoding = config.sources[name].encoding
    try:
        return scanner.tells(_Text(path, config, encoding))
    except SourceError:
        return False


class _Text:
    """The text of a file, unpacked, in UTF-8."""

    def __init__(self, path: Path, config: Config, encoding: str) -> None:
        self._file = Unpacked(path, str(path), config.ingest, None)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int, /) -> bytes:
        raw = self._file.read(size)
        if not raw:
            self._file.close()
        return self._decoder.decode(raw, final=not raw).encode()
