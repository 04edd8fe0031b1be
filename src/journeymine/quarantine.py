"""Records that were set aside: list them, show their bytes, put mended ones in place.

A record's id is `source/first 12 digits of its content's SHA-256/record_index`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.errors import ConfigError, OutputError
from journeymine.ingest import LandedContent, mend_records, raw_records, read_sealed
from journeymine.privacy import masking_of
from journeymine.records import literal_path, quoted

OVERVIEW = "quarantine.parquet"
DIGITS = 12


@dataclass(frozen=True)
class SetAside:
    """A record that the last run set aside, and why; the line may not be known."""

    id: str
    file: str
    line: int | None
    reason: str


def write_overview(con: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Keep what a run set aside, also if a gate stops it before it publishes."""
    temporary = landing / f".tmp-{OVERVIEW}"
    con.execute(f"copy meta_quarantine to {quoted(str(temporary))} (format parquet)")
    temporary.replace(landing / OVERVIEW)


def set_aside(config: Config, source: str | None = None) -> list[SetAside]:
    """Return what the last run set aside, in order of source, file and record.

    Raises
    ------
    OutputError
        If there was no run yet.
    ConfigError
        If there is no such source.
    """
    if source is not None and source not in config.sources:
        known = ", ".join(config.sources)
        message = f"{source}: no such source; name one of: {known}"
        raise ConfigError(message)
    path = config.output / "landing" / OVERVIEW
    if not path.exists():
        message = f"{config.output}: nothing was read; start with `journeymine run`"
        raise OutputError(message)
    with duckdb.connect() as con:
        rows = con.execute(
            f"""
            select source || '/' || left(sha256, {DIGITS}) || '/' || record_index,
                file, line, reason
            from read_parquet({quoted(literal_path(str(path)))})
            where source = coalesce(?, source)
            order by source, file, sha256, record_index
            """,
            [source],
        ).fetchall()
    return [SetAside(*row) for row in rows]


def bytes_of(config: Config, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of records by their ids, in order of the ids.

    Raises
    ------
    ConfigError
        If an id names no record that was landed.
    """
    contents, wanted = _by_content(config, ids)
    found: dict[str, bytes] = {}
    for prefix, indexes in wanted.items():
        records = raw_records(contents[prefix], indexes)
        for index in indexes:
            record = f"{prefix}/{index}"
            if index not in records:
                raise _unknown(record)
            found[record] = records[index]
    return {record: found[record] for record in ids}


def write_for_mending(config: Config, ids: Sequence[str], path: Path) -> None:
    """Write records as JSON lines: `id`, `file`, `line`, `reason`, and `raw` to mend.

    Bytes that are no UTF-8 are lone surrogates in `raw`, and read back as they were.

    Raises
    ------
    ConfigError
        If a record was not set aside.
    """
    listed = {record.id: record for record in set_aside(config)}
    for record in ids:
        if record not in listed:
            raise _unknown(record)
    with path.open("w", encoding="ascii") as file:
        for record, raw in bytes_of(config, ids).items():
            text = raw.decode("utf-8", "surrogateescape")
            file.write(json.dumps({**vars(listed[record]), "raw": text}) + "\n")


def mend(config: Config, path: Path) -> int:
    """Put the records of a file that `write_for_mending` wrote in their places.

    A record whose bytes are as they were is passed over.

    Returns
    -------
    int
        How many were mended.

    Raises
    ------
    ConfigError
        If the file, or an id in it, is wrong. Nothing is changed then.
    SourceError
        If a record is still not good. Nothing is changed then.
    """
    mended = _read_mends(path)
    before = bytes_of(config, list(mended))
    changed = {record: raw for record, raw in mended.items() if raw != before[record]}
    contents, wanted = _by_content(config, list(changed))
    by_source: dict[str, dict[str, dict[int, bytes]]] = {}
    for prefix, indexes in wanted.items():
        records = {index: changed[f"{prefix}/{index}"] for index in indexes}
        source = by_source.setdefault(prefix.partition("/")[0], {})
        source[contents[prefix].sha256] = records
    for name, mends in by_source.items():
        masking = masking_of(config, name)
        mend_records(config.output / "landing", name, mends, masking)
    return len(changed)


def _read_mends(path: Path) -> dict[str, bytes]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}; name a file of `quarantine show`"
        raise ConfigError(message) from error
    mends: dict[str, bytes] = {}
    for number, line in enumerate(lines, start=1):
        try:
            found = json.loads(line)
            raw = found["raw"].encode("utf-8", "surrogateescape")
            mends[str(found["id"])] = raw
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = f"{path}: line {number}: no object with id and raw; mend it"
            raise ConfigError(message) from error
    return mends


def _by_content(
    config: Config, ids: Sequence[str]
) -> tuple[dict[str, LandedContent], dict[str, list[int]]]:
    """Return contents and indexes of records, both by `source/digits`."""
    wanted: dict[str, list[int]] = {}
    for record in ids:
        prefix, _, index = record.rpartition("/")
        if not index.isascii() or not index.isdigit():
            raise _unknown(record)
        wanted.setdefault(prefix, []).append(int(index))
    sources = {prefix.partition("/")[0] for prefix in wanted} & set(config.sources)
    contents = {
        f"{name}/{content.sha256[:DIGITS]}": content
        for name in sorted(sources)
        for content in read_sealed(config, name)
    }
    for prefix, indexes in wanted.items():
        if prefix not in contents:
            record = f"{prefix}/{indexes[0]}"
            raise _unknown(record)
    return contents, wanted


def _unknown(record: str) -> ConfigError:
    message = f"{record}: no such record; `journeymine quarantine list` names them"
    return ConfigError(message)
