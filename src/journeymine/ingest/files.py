"""Find the files of a source, and tell their contents apart."""

import glob
import hashlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

from journeymine.config import Config
from journeymine.config_dialect import Dialect
from journeymine.config_sources import Source
from journeymine.errors import SourceError
from journeymine.file_formats import format_by_name


class Export(NamedTuple):
    """A file and its name in the ledger; no path if it is landed and gone."""

    file: str
    path: Path | None


def find_files(config: Config, name: str) -> list[str]:
    """Return the files of a source, relative to the project file, sorted.

    A path that exists as it is written is that file, even with `*` or `[` in it. What
    a pattern finds lies in the folder that stands before its first sign: others may
    write there, so no link leads out of it.

    Raises
    ------
    SourceError
        If the path is a folder, a match is no file to read or lies elsewhere, or no
        file matches and the source is required.
    """
    source = config.sources[name]
    where = f"sources.{name}"
    whole = config.folder / source.path
    if whole.is_dir():
        message = (
            f"{where}: {source.path}: is a folder; name its files,"
            f" for example {source.path}/*"
        )
        raise SourceError(message)
    if os.path.lexists(whole):
        found = [whole] if _is_file(whole, where) else []
    else:
        found = _matches(config.folder, source.path, where)
    if not found and source.required:
        message = (
            f"{where}: {source.path}: no such file;"
            " check the path, or set required = false"
        )
        raise SourceError(message)
    return sorted(_relative(path, config, where) for path in found)


def format_of(source: Source, name: str, file: str) -> str:
    """Return the format of a file: the source's own, else by the file's name.

    The name of a zip archive counts (`events.csv.zip`), not that of the file in it.
    """
    if not source.has_files:
        return "parquet"
    if source.format:
        return source.format
    found = format_by_name(file)
    if found is None:
        message = f"sources.{name}: {file}: its format is unknown; set format"
        raise SourceError(message)
    return found


def dialect_of(source: Source) -> Dialect:
    """Return how the files of a source are laid out."""
    said = {name: getattr(source, name) for name in Dialect.model_fields}
    return Dialect.model_validate(said)


def sha256_of(path: Path, where: str) -> str:
    """Return the SHA-256 of a file as it lies, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = f"{where}: cannot be read: {error.strerror}; check its permissions"
        raise SourceError(message) from error


def _matches(folder: Path, pattern: str, where: str) -> list[Path]:
    """Return the files that match a pattern; folders that match are no files."""
    fixed = folder.joinpath(*_before_signs(pattern))
    if "**" in Path(pattern).parts:
        _check_no_linked_folders(fixed, where)
    home = Path(os.path.realpath(fixed))  # Path.resolve raises RuntimeError on loops
    # Not Path.glob: it refuses absolute patterns, and those that lead upwards.
    matches = glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207
    files = [path for match in matches if _is_file(path := folder / match, where)]
    for path in files:
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(home):
            message = (
                f"{where}: {path}: leads to {target}, out of the folder of the pattern;"
                " remove the link, or name the file without a pattern"
            )
            raise SourceError(_printable(message))
    return files


def _before_signs(pattern: str) -> list[str]:
    """Return the folders of a pattern before the first part with `*`, `?` or `[`."""
    parts = list(Path(pattern).parts)
    signs = [index for index, part in enumerate(parts) if glob.has_magic(part)]
    return parts[: signs[0]] if signs else parts[:-1]


def _check_no_linked_folders(folder: Path, where: str) -> None:
    """Refuse links to folders below a folder: `**` would follow loops without end."""
    for place, names, _ in os.walk(folder):
        for path in (Path(place, name) for name in names):
            if path.is_symlink():
                message = (
                    f"{where}: {path}: is a link to a folder, which ** does not follow;"
                    " remove it, or name the folder in the path"
                )
                raise SourceError(_printable(message))


def _is_file(path: Path, where: str) -> bool:
    """Return whether a path is a file and not a folder; nothing else may be read.

    To open a named pipe would wait for its other end.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        problem = "is a link to a file that is not there; remove it, or mend it"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}; check its permissions"
    else:
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return stat.S_ISREG(mode)
        problem = "is neither a file nor a folder; move it elsewhere"
    message = f"{where}: {path}: {problem}"
    raise SourceError(_printable(message))


def _relative(path: Path, config: Config, where: str) -> str:
    relative = Path(os.path.relpath(path, config.folder)).as_posix()
    if relative != _printable(relative):
        message = f"{where}: {_printable(relative)}: its name is no UTF-8; rename it"
        raise SourceError(message)
    return relative


def _printable(text: str) -> str:
    """Return a text that can be written, whatever bytes a file's name has."""
    return text.encode("utf-8", "backslashreplace").decode()
