"""Find the files of a source, and tell their contents apart."""

import glob
import hashlib
import os
from pathlib import Path

from journeymine.config import Config
from journeymine.config_sources import Source
from journeymine.errors import SourceError

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "jsonl",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xes": "xes",
}
COMPRESSIONS = {".gz", ".zst"}


def find_files(config: Config, name: str) -> list[str]:
    """Return the files of a source, relative to the project file, sorted.

    A path that exists as it is written is that file, even with `*` or `[` in it.

    Raises
    ------
    SourceError
        If the path is a folder, or no file matches and the source is required.
    """
    source = config.sources[name]
    where = f"sources.{name}: {source.path}"
    whole = config.folder / source.path
    if whole.is_dir():
        message = f"{where}: is a folder; name its files, for example {source.path}/*"
        raise SourceError(message)
    if whole.is_file():
        return [_relative(whole, config)]
    # Not Path.glob: it refuses absolute patterns, and those that lead upwards.
    matches = glob.glob(source.path, root_dir=config.folder, recursive=True)  # noqa: PTH207
    files = [config.folder / match for match in matches]
    found = sorted(_relative(path, config) for path in files if path.is_file())
    if not found and source.required:
        message = f"{where}: no such file; check the path, or set required = false"
        raise SourceError(message)
    return found


def format_of(source: Source, name: str, file: str) -> str:
    """Return the format of a file: the source's own, else by the file's name."""
    if source.format:
        return source.format
    suffixes = [suffix.lower() for suffix in Path(file).suffixes]
    while suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    if not suffixes or suffixes[-1] not in FORMATS:
        message = f"sources.{name}: {file}: its format is unknown; set format"
        raise SourceError(message)
    return FORMATS[suffixes[-1]]


def sha256_of(path: Path, where: str) -> str:
    """Return the SHA-256 of a file as it lies, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = f"{where}: cannot be read: {error.strerror}; check its permissions"
        raise SourceError(message) from error


def _relative(path: Path, config: Config) -> str:
    return Path(os.path.relpath(path, config.folder)).as_posix()
